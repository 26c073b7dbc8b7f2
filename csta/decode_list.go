package csta

import (
	"reflect"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// decodeList reads a list that may be an array, a wrapper object around one
// (named item, or with a single member), or a list of one written as its element.
func (p *plan) decodeList(c *scan.Cursor, dst reflect.Value, item string) error {
	if c.Nothing() {
		return nil
	}
	switch c.Kind() {
	case '[':
		n, err := c.Count()
		if err != nil {
			return err
		}
		dst.Set(reflect.MakeSlice(dst.Type(), 0, n)) // exactly, however many a server sends
		return c.Elements(func() error { return p.appendElement(c, dst) })
	case '{':
		if name, wrapped, err := p.wrapped(*c, item); err != nil || wrapped {
			return p.unwrap(c, dst, item, name, err)
		}
	}
	return p.appendElement(c, dst)
}

// wrapped looks ahead: is the object at c a wrapper, and which member holds the list?
// It is none if a member's name is one of an element's.
func (p *plan) wrapped(c scan.Cursor, item string) (name string, yes bool, err error) {
	members, isElement := 0, false
	err = c.Members(func(n []byte) error {
		members++
		switch {
		case item != "" && equalFold(n, item):
			name, yes = string(n), true
		case !yes && (p.elem.lookup(n) != nil || p.elem.custom):
			isElement = true
		case !yes && (name == "" || c.Kind() == '['):
			name = string(n)
		}
		return c.Skip()
	})
	return name, yes || !isElement && members <= 1, err
}

// unwrap reads the list from one member of the object at c.
func (p *plan) unwrap(c *scan.Cursor, dst reflect.Value, item, name string, err error) error {
	if err != nil {
		return err
	}
	return c.Members(func(n []byte) error {
		if string(n) != name {
			return c.Skip()
		}
		dst.SetZero() // of duplicate members the last one counts
		return p.decodeList(c, dst, item)
	})
}

func (p *plan) appendElement(c *scan.Cursor, dst reflect.Value) error {
	n := dst.Len()
	dst.Grow(1)
	dst.SetLen(n + 1)
	dst.Index(n).SetZero()
	return p.elem.decode(c, dst.Index(n))
}
