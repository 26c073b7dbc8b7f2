package lab

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// decode fills f from YAML.
func decode(data []byte, f *file) (places, error) {
	if len(data) > MaxSize {
		return nil, &Error{Err: fmt.Errorf("larger than %d bytes", MaxSize)}
	}
	doc, err := parse(data)
	if err != nil {
		return nil, err
	}
	d := decoder{places: make(places)}
	for i, part := range doc.Docs {
		if part.Body == nil {
			continue
		}
		if i > 0 {
			return nil, d.fail(part.Body, "", "a lab file is one document")
		}
		if err := d.start(part.Body, f); err != nil {
			return nil, err
		}
		if err := d.value(part.Body, reflect.ValueOf(f).Elem(), ""); err != nil {
			return nil, err
		}
	}
	return d.places, nil
}

type decoder struct{ places places }

// start applies the base before anything else.
func (d decoder) start(body ast.Node, f *file) error {
	for _, pair := range pairsOf(body) {
		if pair.Key.String() != "base" {
			continue
		}
		if err := d.value(pair.Value, reflect.ValueOf(&f.Base).Elem(), "base"); err != nil {
			return err
		}
		if f.Base == FromDefault {
			f.Switch = pbx.DefaultLab()
		}
	}
	return nil
}

func (d decoder) fail(node ast.Node, path, format string, args ...any) error {
	e := &Error{Path: path, Err: fmt.Errorf(format, args...)}
	if t := node.GetToken(); t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	return e
}

// value reads one value of any kind.
func (d decoder) value(node ast.Node, dst reflect.Value, path string) error {
	if t := node.GetToken(); t != nil && t.Position != nil {
		at := place{Position: *t.Position}
		at.text, at.single = textOf(node)
		d.places[path] = at
	}
	if _, null := node.(*ast.NullNode); null {
		dst.SetZero()
		return nil
	}
	switch dst.Kind() {
	case reflect.Pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		return d.value(node, dst.Elem(), path)
	case reflect.Struct:
		return d.mapping(node, dst, path)
	case reflect.Slice:
		return d.sequence(node, dst, path)
	}
	return d.scalar(node, dst, path)
}

// pairsOf returns the pairs of a mapping, nil for anything else.
func pairsOf(node ast.Node) []*ast.MappingValueNode {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	return nil
}

func (d decoder) mapping(node ast.Node, dst reflect.Value, path string) error {
	pairs := pairsOf(node)
	if pairs == nil && node.Type() != ast.MappingType {
		return d.fail(node, path, "want keys and values")
	}
	fields := fieldsOf(dst.Type())
	for _, pair := range pairs {
		key := pair.Key.GetToken().Value
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
		if i < 0 {
			return d.fail(pair.Key, path, "there is no key %.60q here, only %s", key,
				keysOf(fields))
		}
		inner := key
		if path != "" {
			inner = path + "." + key
		}
		if err := d.value(pair.Value, dst.FieldByIndex(fields[i].index), inner); err != nil {
			return err
		}
	}
	return nil
}

func (d decoder) sequence(node ast.Node, dst reflect.Value, path string) error {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return d.fail(node, path, "want a list")
	}
	dst.Set(reflect.MakeSlice(dst.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		if err := d.value(item, dst.Index(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}

func (d decoder) scalar(node ast.Node, dst reflect.Value, path string) error {
	text, ok := textOf(node)
	switch {
	case !ok:
		return d.fail(node, path, "want a single value")
	case dst.Type() == durationType:
		v, err := time.ParseDuration(text)
		if err != nil || v < 0 {
			return d.fail(node, path, "%.60q: want a time such as 20s or 1m30s", text)
		}
		dst.SetInt(int64(v))
	case dst.Kind() == reflect.String:
		if known := words[dst.Type()]; known != nil && !slices.Contains(known, text) {
			return d.fail(node, path, "%.60q: want %s", text, strings.Join(known, " or "))
		}
		dst.SetString(text)
	case dst.Kind() == reflect.Bool:
		v, isBool := node.(*ast.BoolNode)
		if !isBool {
			return d.fail(node, path, "%.60q: want true or false", text)
		}
		dst.SetBool(v.Value)
	case dst.CanInt():
		v, err := strconv.ParseInt(text, 10, dst.Type().Bits())
		if err != nil {
			return d.fail(node, path, "%.60q: want a whole number", text)
		}
		dst.SetInt(v)
	default:
		v, err := strconv.ParseUint(text, 10, dst.Type().Bits())
		if err != nil {
			return d.fail(node, path, "%.60q: want a whole number from 0", text)
		}
		dst.SetUint(v)
	}
	return nil
}

// textOf is a scalar as it was written: an extension may stand there without quotes
// and keeps its leading zeros. Anchors, aliases and tags are not taken.
func textOf(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}
