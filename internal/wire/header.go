package wire

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// readHeader reads an object whose syntax was checked before.
func (f *Frame) readHeader(header scan.Cursor) error {
	var kind scan.Cursor
	c := header
	err := c.Members(func(name string) (err error) {
		switch {
		case fold(name, "headerType"):
			kind = c
		case fold(name, "invokeId"):
			f.InvokeID, f.HasID = number(c)
		case fold(name, "version"):
			f.Version, err = c.Text()
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
	name, _ := header.Find(key)
	if f.Name, ok = word(name); !ok {
		return fmt.Errorf("%w: header[%.20q] is %s", ErrNoName, key, describe(name))
	}
	return nil
}

// word reads a string that is not empty.
func word(c scan.Cursor) (string, bool) {
	if c.Kind() != '"' {
		return "", false
	}
	text, err := c.Quoted()
	return text, err == nil && text != ""
}

// kindOf reads the known kinds in any case and keeps the others as they came.
func kindOf(text string) Kind {
	for _, k := range [...]Kind{Request, Response, Event, Error, Exception} {
		if fold(text, string(k)) {
			return k
		}
	}
	return Kind(text)
}

// number reads a whole number that is a JSON number or the text of one.
func number(c scan.Cursor) (int64, bool) {
	quoted := c.Kind() == '"'
	text, err := c.Text()
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err == nil || quoted {
		return n, err == nil
	}
	// 1.0 and 1e3 are whole numbers too; beyond 2^53 a float64 cannot tell.
	x, err := strconv.ParseFloat(text, 64)
	whole := err == nil && x == math.Trunc(x) && math.Abs(x) < 1<<53
	return int64(x), whole
}

// readPayload takes the payload's JSON text from the end of data, or from text if it
// came as a string.
func (f *Frame) readPayload(payload scan.Cursor, text string, data []byte) error {
	switch payload.Kind() {
	case 0, 'n': // absent, or null
		return nil
	case '"':
		return f.readText(strings.TrimSpace(text))
	}
	f.Payload = data[payload.Pos():len(data):len(data)]
	return nil
}

func (f *Frame) readText(text string) error {
	f.WasString = true
	if text == "" || text == "null" {
		return nil
	}
	f.Payload = []byte(text)
	if text[0] != '{' && text[0] != '[' {
		f.IsText = true
		return nil
	}
	c := scan.New(text)
	err := c.Skip()
	if errors.Is(err, scan.ErrTooDeep) {
		return fmt.Errorf("%w in the payload's string", wrong(err))
	}
	f.IsText = err != nil || c.End() != nil
	return nil
}
