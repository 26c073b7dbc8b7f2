package csta

import (
	"reflect"
	"slices"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// Stray is a part of a payload that the message it is for has no use for.
type Stray struct {
	// Member is the path to it, such as loginInfo.pasword.
	Member string
	// Known are the members that could stand in its place. It is nil where the member is
	// known and its value is not of its kind.
	Known []string
}

// Strays looks for what [ServiceInfo.Request] passes over in silence, because a client or
// a server of another release may know more: members that the service does not have, and
// values that say nothing. What cannot be read as JSON has none.
func (s ServiceInfo) Strays(payload []byte) []Stray {
	c := newCursor(payload)
	if c.Kind() != '{' {
		return nil
	}
	var all strays
	_ = all.object(&c, s.typ, "") // what was found before a mistake in the JSON stays
	return all
}

type strays []Stray

func (a *strays) object(c *scan.Cursor, t reflect.Type, path string) error {
	p := planFor(t)
	return c.Members(func(name []byte) error {
		at := string(name)
		if path != "" {
			at = path + "." + at
		}
		if f := p.lookup(name); f != nil {
			return a.value(c, t.FieldByIndex(f.index).Type, f.item, at)
		}
		if p.private == nil {
			if path != "" || !equalFold(name, "extensions") { // every request may have them
				*a = append(*a, Stray{Member: at, Known: p.names()})
			}
			return c.Skip()
		}
		inner := t.FieldByIndex(p.private.index).Type
		f := p.private.plan.lookup(name)
		switch {
		case c.Kind() == '{' && isPrivatePath(name):
			return a.object(c, t, at)
		case f != nil:
			return a.value(c, inner.FieldByIndex(f.index).Type, f.item, at)
		case c.Kind() == '{' && isPrivateElement(name, p.element):
			return a.object(c, t, at)
		}
		known := slices.Concat(p.names(), p.private.plan.names())
		*a = append(*a, Stray{Member: at, Known: known})
		return c.Skip()
	})
}

func (a *strays) value(c *scan.Cursor, t reflect.Type, item, at string) error {
	p, kind := planFor(t), c.Kind()
	switch {
	case p.custom:
		return a.custom(c, t, at)
	case p.kind == reflect.Pointer:
		return a.value(c, t.Elem(), item, at)
	case p.kind == reflect.Slice && kind == '[':
		return c.Elements(func() error { return a.value(c, t.Elem(), "", at) })
	case p.kind == reflect.Slice:
		if inner, wrapped := c.Find(item); item != "" && wrapped {
			_ = a.value(&inner, t, "", at+"."+item)
			return c.Skip()
		}
		return a.value(c, t.Elem(), "", at)
	case p.kind == reflect.Struct && kind == '{':
		return a.object(c, t, at)
	case p.kind != reflect.Struct && (kind == '{' || kind == '['):
		*a = append(*a, Stray{Member: at})
	}
	return c.Skip()
}

// custom reports an object or a list from which a type of many forms makes nothing.
func (a *strays) custom(c *scan.Cursor, t reflect.Type, at string) error {
	kind := c.Kind()
	raw, err := c.Raw()
	if err != nil {
		return err
	}
	v, inner := reflect.New(t), scan.New(raw)
	err = v.Interface().(decoder).decodeJSON(&inner)
	if kind == '[' && t.Kind() == reflect.String || kind == '{' && err == nil && v.Elem().IsZero() {
		*a = append(*a, Stray{Member: at})
	}
	return nil
}

// names are the members of a message, in the order of their length.
func (p *plan) names() (names []string) {
	for _, same := range p.fields {
		for _, f := range same {
			names = append(names, f.name)
		}
	}
	return names
}
