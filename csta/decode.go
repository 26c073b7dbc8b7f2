package csta

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"unicode/utf8"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// ErrMalformed says that a payload is not a JSON object where one is needed.
var ErrMalformed = errors.New("csta: payload is not a JSON object")

// ErrTooDeep says that a payload is nested deeper than any message is.
var ErrTooDeep = scan.ErrTooDeep

// Decode fills the message that v points to from raw, a JSON object, accepting
// every spelling that the public sources leave open (package comment). Empty
// input, null and "" leave v as it was; a string that holds an object is read as
// that object. Members that v has no field for are ignored; whoever needs them keeps
// raw. Of duplicate members the last one counts.
//
// An error names the member whose value cannot be read as its type, or wraps
// [ErrMalformed] or [ErrTooDeep]. What was read before the error stays in v. Time and
// memory are bounded by a constant times the length of raw.
func Decode(raw []byte, v any) error {
	if r, ok := v.(*json.RawMessage); ok {
		*r = append((*r)[:0], raw...)
		return nil
	}
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("csta: decode into %T: a pointer is needed", v)
	}
	return new(desk).decode(raw, target.Elem(), planFor(target.Type().Elem()))
}

// desk is what reading a message needs beside the message.
type desk struct {
	cursor scan.Cursor
	store  scan.Store
}

// decode sets dst from raw, of which dst keeps no part.
func (d *desk) decode(raw []byte, dst reflect.Value, p *plan) error {
	if len(raw) == 0 {
		return nil
	}
	d.store.Reset(len(raw))
	d.cursor = newCursor(raw)
	d.cursor.Keep(&d.store)
	err := decodeWhole(&d.cursor, dst, p)
	if errors.Is(err, scan.ErrSyntax) {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return err
}

func decodeWhole(c *scan.Cursor, dst reflect.Value, p *plan) error {
	if c.Kind() == '"' {
		text, err := c.Part()
		if err == nil {
			err = c.End()
		}
		if err != nil || len(bytes.TrimSpace(text)) == 0 {
			return err
		}
		*c = c.Inside(text)
	}
	if !c.Nothing() {
		if c.Kind() != '{' {
			return ErrMalformed
		}
		if err := p.decode(c, dst); err != nil {
			return err
		}
	}
	return c.End()
}

// newCursor is a cursor at the beginning of raw. Bytes that are not UTF-8 become U+FFFD,
// as encoding/json has it.
func newCursor(raw []byte) scan.Cursor {
	if !utf8.Valid(raw) {
		raw = bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	return scan.New(raw)
}

// decoder is what a type implements whose JSON form is not that of its kind.
type decoder interface{ decodeJSON(c *scan.Cursor) error }

// decode sets dst, which is zero, from the value at c.
func (p *plan) decode(c *scan.Cursor, dst reflect.Value) error {
	switch {
	case p.custom:
		return dst.Addr().Interface().(decoder).decodeJSON(c)
	case p.kind == reflect.Struct:
		return p.decodeStruct(c, dst)
	case p.kind == reflect.Pointer:
		return p.decodePointer(c, dst)
	case p.kind == reflect.Slice:
		return p.decodeList(c, dst, "")
	}
	return decodeScalar(c, dst)
}

func (p *plan) decodePointer(c *scan.Cursor, dst reflect.Value) error {
	if c.Kind() == 'n' {
		return c.Skip()
	}
	dst.Set(reflect.New(dst.Type().Elem()))
	return p.elem.decode(c, dst.Elem())
}

func (p *plan) decodeStruct(c *scan.Cursor, dst reflect.Value) error {
	if c.Nothing() {
		return nil
	}
	if c.Kind() != '{' {
		return fmt.Errorf("%w: %s", ErrMalformed, dst.Type().Name())
	}
	return c.Members(func(name []byte) error {
		switch f := p.lookup(name); {
		case f != nil:
			return f.decode(c, dst)
		case p.private != nil:
			return p.decodePrivate(name, c, dst)
		}
		return c.Skip()
	})
}

// decodePrivate finds Avaya's private data wherever a server puts it: under
// extensions/privateData/private as in DMCC's XML, under any tail of that path, or
// hoisted among the members of the message (inferred).
func (p *plan) decodePrivate(name []byte, c *scan.Cursor, dst reflect.Value) error {
	inner := p.private.plan
	switch f := inner.lookup(name); {
	case c.Kind() == '{' && isPrivatePath(name):
	case f != nil:
		return f.decode(c, p.private.target(dst))
	case c.Kind() == '{' && isPrivateElement(name, p.element):
	default:
		return c.Skip()
	}
	return c.Members(func(name []byte) error {
		if f := p.lookup(name); f != nil && inner.lookup(name) == nil {
			return f.decode(c, dst) // Avaya's servers need not agree on what is private
		}
		return p.decodePrivate(name, c, dst)
	})
}

// isPrivatePath reports whether name leads to private data. A monitor's filter comes
// back as usedFilter (DMCC schema: MonitorStartResponsePrivateData).
func isPrivatePath(name []byte) bool {
	return equalFold(name, "extensions") || equalFold(name, "privateData") ||
		equalFold(name, "private") || equalFold(name, "usedFilter")
}

// isPrivateElement takes the element's own name and any of its kind: the schema names
// those of TransferedEvent and of single-step transfers differently than their message.
func isPrivateElement(name []byte, element string) bool {
	const suffix = "PrivateData"
	return equalFold(name, element) ||
		len(name) > len(suffix) && equalFold(name[len(name)-len(suffix):], suffix)
}
