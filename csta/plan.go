package csta

import (
	"reflect"
	"strings"
	"sync"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// plan is what the decoder knows of a type, worked out once: how to read it, which
// field takes which member, and where Avaya's private data goes.
type plan struct {
	kind    reflect.Kind
	custom  bool       // *T implements decoder
	elem    *plan      // of a pointer or a list
	fields  [][]*field // by the length of their names
	private *field     // the field that holds private data, if any
	element string     // the name of that private data on the wire
}

// field is one member of a message.
type field struct {
	name  string
	item  string // the wrapper's element, for lists (tag item)
	index []int
	plan  *plan
}

// privateData is implemented by the types that Avaya adds under
// extensions/privateData/private; element is their name there.
type privateData interface{ element() string }

var (
	plans       sync.Map // reflect.Type -> *plan
	decoderType = reflect.TypeFor[decoder]()
	privateType = reflect.TypeFor[privateData]()
)

func planFor(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{kind: t.Kind(), custom: reflect.PointerTo(t).Implements(decoderType)}
	switch {
	case p.custom:
	case p.kind == reflect.Struct:
		p.add(t, nil)
	case p.kind == reflect.Pointer, p.kind == reflect.Slice:
		p.elem = planFor(t.Elem())
	}
	stored, _ := plans.LoadOrStore(t, p)
	return stored.(*plan)
}

// add collects the fields of t, those of embedded structs among them.
func (p *plan) add(t reflect.Type, path []int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		index := append(path[:len(path):len(path)], i)
		if sf.Anonymous {
			p.add(sf.Type, index)
			continue
		}
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "-" || !sf.IsExported() {
			continue
		}
		f := &field{name: name, item: sf.Tag.Get("item"), index: index, plan: planFor(sf.Type)}
		if sf.Type.Implements(privateType) && sf.Type.Kind() == reflect.Struct {
			p.private = f
			p.element = reflect.Zero(sf.Type).Interface().(privateData).element()
			continue
		}
		for len(p.fields) <= len(name) {
			p.fields = append(p.fields, nil)
		}
		p.fields[len(name)] = append(p.fields[len(name)], f)
	}
}

// lookup finds the field for a member name, as we spell it first. Names of one length
// are so few that this is faster than a map.
func (p *plan) lookup(name []byte) *field {
	if len(name) >= len(p.fields) {
		return nil
	}
	same := p.fields[len(name)]
	for _, f := range same {
		if f.name == string(name) {
			return f
		}
	}
	for _, f := range same {
		if strings.EqualFold(f.name, string(name)) {
			return f
		}
	}
	return nil
}

func (f *field) target(message reflect.Value) reflect.Value {
	for _, i := range f.index {
		message = message.Field(i)
	}
	return message
}

func (f *field) decode(c *scan.Cursor, message reflect.Value) error {
	dst := f.target(message)
	dst.SetZero() // of duplicate members the last one counts
	var err error
	if f.plan.kind == reflect.Slice && !f.plan.custom {
		err = f.plan.decodeList(c, dst, f.item)
	} else {
		err = f.plan.decode(c, dst)
	}
	if err != nil {
		return &MemberError{Member: f.name, Err: err}
	}
	return nil
}

// MemberError says which member of a message could not be read.
type MemberError struct {
	Member string // as the DMCC schema spells it
	Err    error
}

// Error names the path to the member, outermost first.
func (e *MemberError) Error() string { return e.Member + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *MemberError) Unwrap() error { return e.Err }
