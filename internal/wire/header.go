package wire

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

func (f *Frame) readHeader(header gjson.Result) error {
	var kind gjson.Result
	header.ForEach(func(key, value gjson.Result) bool {
		switch {
		case fold(key.Str, "headerType"):
			kind = value
		case fold(key.Str, "invokeId"):
			f.InvokeID, f.HasID = number(value)
		case fold(key.Str, "version"):
			f.Version = value.String()
		case fold(key.Str, "token"):
			f.Token = value.String()
		case fold(key.Str, "authorization"):
			f.Authorization = value.String()
		}
		return true
	})
	if kind.Type != gjson.String || kind.Str == "" {
		return fmt.Errorf("%w: headerType is %s", ErrNoName, describe(kind))
	}
	f.Kind = kindOf(kind.Str)
	name := memberOf(header, kind.Str)
	if name.Type != gjson.String || name.Str == "" {
		return fmt.Errorf("%w: header[%.20q] is %s", ErrNoName, kind.Str, describe(name))
	}
	f.Name = name.Str
	return nil
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

// memberOf finds the last member of that name, in any case.
func memberOf(object gjson.Result, name string) (found gjson.Result) {
	object.ForEach(func(key, value gjson.Result) bool {
		if fold(key.Str, name) {
			found = value
		}
		return true
	})
	return found
}

// number reads a whole number that is a JSON number or the text of one.
func number(r gjson.Result) (int64, bool) {
	switch r.Type {
	case gjson.Number:
		if n, err := strconv.ParseInt(r.Raw, 10, 64); err == nil {
			return n, true
		}
		// 1.0 and 1e3 are whole numbers too; beyond 2^53 a float64 cannot tell.
		whole := r.Num == math.Trunc(r.Num) && math.Abs(r.Num) < 1<<53
		return int64(r.Num), whole
	case gjson.String:
		n, err := strconv.ParseInt(strings.TrimSpace(r.Str), 10, 64)
		return n, err == nil
	}
	return 0, false
}

// readPayload takes the payload's JSON text out of data, unquoting it first if it
// came as a string.
func (f *Frame) readPayload(payload gjson.Result, data []byte) error {
	switch payload.Type {
	case gjson.Null: // absent, too
		return nil
	case gjson.String:
		return f.readText(strings.TrimSpace(payload.Str))
	}
	end := payload.Index + len(payload.Raw)
	f.Payload = data[payload.Index:end:end]
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
	if tooDeep(f.Payload) {
		return fmt.Errorf("%w: more than %d levels in the payload's string", ErrTooDeep, MaxDepth)
	}
	f.IsText = !gjson.ValidBytes(f.Payload)
	return nil
}
