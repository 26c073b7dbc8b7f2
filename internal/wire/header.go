package wire

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// readHeader reads an object whose syntax was checked before.
func (f *Frame) readHeader(header scan.Cursor) error {
	var kind scan.Cursor
	c := header
	err := c.Members(func(name []byte) (err error) {
		switch {
		case fold(name, "headerType"):
			kind = c
		case fold(name, "invokeId"):
			f.InvokeID, f.HasID = number(c)
		case fold(name, "version"):
			f.Version, err = version(&c)
			return err
		case fold(name, "token"):
			f.Token, err = c.Text()
			return err
		case fold(name, "authorization"):
			f.Authorization, err = c.Text()
			return err
		}
		return c.Skip()
	})
	if err != nil {
		return wrong(err)
	}
	key, ok := word(kind)
	if !ok {
		return fmt.Errorf("%w: headerType is %s", ErrNoName, describe(kind))
	}
	f.Kind = kindOf(key)
	at, _ := header.Find(string(f.Kind))
	name, ok := word(at)
	if !ok {
		return fmt.Errorf("%w: header[%.20q] is %s", ErrNoName, key, describe(at))
	}
	f.Name = string(name)
	return nil
}

// word looks at a string that is not empty.
func word(c scan.Cursor) ([]byte, bool) {
	if c.Kind() != '"' {
		return nil, false
	}
	text, err := c.Part()
	return text, err == nil && len(text) > 0
}

// kindOf reads the known kinds in any case and keeps the others as they came.
func kindOf(text []byte) Kind {
	for _, k := range [...]Kind{Request, Response, Event, Error, Exception} {
		if fold(text, string(k)) {
			return k
		}
	}
	return Kind(text)
}

// version reads text; that of all known servers costs no memory.
func version(c *scan.Cursor) (string, error) {
	at := *c
	if text, ok := word(at); ok && string(text) == Version {
		return Version, c.Skip()
	}
	return c.Text()
}

// number reads a whole number that is a JSON number or the text of one.
func number(c scan.Cursor) (int64, bool) {
	quoted := c.Kind() == '"'
	text, err := c.Part()
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
	if err == nil || quoted {
		return n, err == nil
	}
	// 1.0 and 1e3 are whole numbers too; beyond 2^53 a float64 cannot tell.
	x, err := strconv.ParseFloat(string(text), 64)
	whole := err == nil && x == math.Trunc(x) && math.Abs(x) < 1<<53
	return int64(x), whole
}
