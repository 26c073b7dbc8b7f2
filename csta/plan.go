package csta

import (
	"reflect"
	"strings"
	"sync"

	"github.com/tidwall/gjson"
)

// plan is what the decoder knows of a type, worked out once: which field takes
// which member, and where Avaya's private data goes.
type plan struct {
	custom  bool // *T implements decoder
	fields  []field
	exact   map[string]int // member name as we spell it -> index in fields
	private *field         // the field that holds private data, if any
	element string         // the name of that private data on the wire
}

// field is one member of a message.
type field struct {
	name  string
	item  string // the wrapper's element, for lists (tag item)
	index []int
	typ   reflect.Type
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
	p := &plan{custom: reflect.PointerTo(t).Implements(decoderType)}
	if t.Kind() == reflect.Struct && !p.custom {
		p.exact = make(map[string]int)
		p.add(t, nil)
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
		f := field{name: name, item: sf.Tag.Get("item"), index: index, typ: sf.Type}
		if sf.Type.Implements(privateType) && sf.Type.Kind() == reflect.Struct {
			p.private = &f
			p.element = reflect.Zero(sf.Type).Interface().(privateData).element()
			continue
		}
		p.exact[name] = len(p.fields)
		p.fields = append(p.fields, f)
	}
}

// lookup finds the field for a member name, as we spell it first.
func (p *plan) lookup(name string) *field {
	if i, ok := p.exact[name]; ok {
		return &p.fields[i]
	}
	for i := range p.fields {
		if equalFold(p.fields[i].name, name) {
			return &p.fields[i]
		}
	}
	return nil
}

func (f *field) target(message reflect.Value) reflect.Value {
	return message.FieldByIndex(f.index)
}

func (f *field) decode(r gjson.Result, message reflect.Value) error {
	dst := f.target(message)
	var err error
	if dst.Kind() == reflect.Slice && !planFor(f.typ).custom {
		dst.SetZero() // of duplicate members the last one counts
		err = decodeList(r, dst, f.item)
	} else {
		err = decodeValue(r, dst)
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
