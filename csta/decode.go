package csta

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/tidwall/gjson"
)

// ErrMalformed says that a payload is not a JSON object where one is needed.
var ErrMalformed = errors.New("csta: payload is not a JSON object")

// Decode fills the message that v points to from raw, a JSON object, accepting
// every spelling that the public sources leave open (package comment). Empty
// input, null and "" leave v as it was. Members that v has no field for are
// ignored; whoever needs them keeps raw.
//
// An error names the member whose value cannot be read as its type, or wraps
// [ErrMalformed]. What was read before the error stays in v.
func Decode(raw []byte, v any) error {
	if len(raw) == 0 {
		return nil
	}
	if !gjson.ValidBytes(raw) {
		return ErrMalformed
	}
	return decodeResult(gjson.ParseBytes(raw), v)
}

func decodeResult(doc gjson.Result, v any) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("csta: decode into %T: a pointer is needed", v)
	}
	if isEmpty(doc) {
		return nil
	}
	if !doc.IsObject() {
		return ErrMalformed
	}
	return decodeValue(doc, target.Elem())
}

// decoder is what a type implements whose JSON form is not that of its kind.
type decoder interface{ decodeJSON(r gjson.Result) error }

// isEmpty reports whether r stands for 'nothing': an XML element without
// content may arrive as null, as "" or not at all.
func isEmpty(r gjson.Result) bool {
	return r.Type == gjson.Null || r.Type == gjson.String && r.Str == ""
}

// decodeValue sets dst from r by dst's kind.
func decodeValue(r gjson.Result, dst reflect.Value) error {
	p := planFor(dst.Type())
	if p.custom {
		return dst.Addr().Interface().(decoder).decodeJSON(r)
	}
	switch dst.Kind() {
	case reflect.Pointer:
		return decodePointer(r, dst)
	case reflect.Struct:
		return decodeStruct(r, dst, p)
	case reflect.Slice:
		return decodeList(r, dst, "")
	default:
		return decodeScalar(r, dst)
	}
}

func decodePointer(r gjson.Result, dst reflect.Value) error {
	if r.Type == gjson.Null {
		return nil
	}
	if dst.IsNil() {
		dst.Set(reflect.New(dst.Type().Elem()))
	}
	return decodeValue(r, dst.Elem())
}

func decodeStruct(r gjson.Result, dst reflect.Value, p *plan) error {
	if isEmpty(r) {
		return nil
	}
	if !r.IsObject() {
		return fmt.Errorf("%w: %s", ErrMalformed, dst.Type().Name())
	}
	var err error
	r.ForEach(func(key, value gjson.Result) bool {
		err = decodeMember(key.Str, value, dst, p)
		return err == nil
	})
	return err
}

func decodeMember(name string, value gjson.Result, dst reflect.Value, p *plan) error {
	if f := p.lookup(name); f != nil {
		return f.decode(value, dst)
	}
	if p.private != nil {
		return decodePrivate(name, value, dst, p)
	}
	return nil
}

// decodePrivate finds Avaya's private data wherever a server puts it: under
// extensions/privateData/private as in DMCC's XML, under any tail of that path,
// or hoisted among the members of the message (reference: inferred).
func decodePrivate(name string, value gjson.Result, dst reflect.Value, p *plan) error {
	inner := planFor(p.private.typ)
	switch {
	case isPrivatePath(name) && value.IsObject():
		var err error
		value.ForEach(func(key, v gjson.Result) bool {
			err = decodePrivate(key.Str, v, dst, p)
			return err == nil
		})
		return err
	case equalFold(name, p.element):
		return decodeStruct(value, p.private.target(dst), inner)
	}
	if f := inner.lookup(name); f != nil {
		return f.decode(value, p.private.target(dst))
	}
	return nil
}

func isPrivatePath(name string) bool {
	return equalFold(name, "extensions") || equalFold(name, "privateData") ||
		equalFold(name, "private")
}

// decodeList reads a list that may be an array, a wrapper object around one
// (named item, or with a single member), or a list of one written as its element.
func decodeList(r gjson.Result, dst reflect.Value, item string) error {
	if isEmpty(r) {
		return nil
	}
	if r.IsObject() {
		r = unwrapList(r, item)
		if isEmpty(r) {
			return nil
		}
	}
	if !r.IsArray() {
		return appendElement(r, dst)
	}
	var err error
	r.ForEach(func(_, element gjson.Result) bool {
		err = appendElement(element, dst)
		return err == nil
	})
	return err
}

func unwrapList(r gjson.Result, item string) gjson.Result {
	inner, members := r, 0
	var found bool
	r.ForEach(func(key, value gjson.Result) bool {
		members++
		if item != "" && equalFold(key.Str, item) {
			inner, found = value, true
		} else if !found && value.IsArray() {
			inner = value
		}
		return true
	})
	switch {
	case found, members == 1:
		return inner
	case members == 0:
		return gjson.Result{}
	}
	return r
}

func appendElement(r gjson.Result, dst reflect.Value) error {
	n := dst.Len()
	dst.Grow(1)
	dst.SetLen(n + 1)
	dst.Index(n).SetZero()
	return decodeValue(r, dst.Index(n))
}
