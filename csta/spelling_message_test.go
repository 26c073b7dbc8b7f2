package csta_test

import (
	"reflect"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// fieldOf finds the field that takes a member, in embedded structures as well.
func fieldOf(typ reflect.Type, name string) (found reflect.StructField, ok bool) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			if found, ok := fieldOf(f.Type, name); ok {
				return found, true
			}
			continue
		}
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); strings.EqualFold(tag, name) {
			return f, true
		}
	}
	return found, false
}

// message rewrites an object: names in another case, members in another order, some
// that nobody knows, some twice, and private data in one of its places.
func (s speller) message(typ reflect.Type, n node) node {
	var members, private []nodeMember
	for _, m := range n.members {
		f, ok := fieldOf(typ, m.name)
		switch {
		case !ok:
			s.t.Fatalf("%s has no field for %s", typ, m.name)
		case m.name == "extensions":
			private = s.private(typ, f.Type, m)
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() != reflect.Uint8:
			value := s.list(f.Type, f.Tag.Get("item"), m.value)
			members = append(members, nodeMember{s.name(m.name), value})
		default:
			members = append(members, nodeMember{s.name(m.name), s.respell(f.Type, m.value)})
		}
	}
	if len(members) > 0 {
		members = rapid.Permutation(members).Draw(s.t, "order")
	}
	members = append(s.noise(members), members...)
	return object(append(members, private...)...)
}

// noise is what comes before the members and changes nothing: earlier values of the
// same members, and members that are not in the schema.
func (s speller) noise(members []nodeMember) []nodeMember {
	var extra []nodeMember
	if s.coin("unknown member") {
		extra = append(extra, nodeMember{"notInTheSchema", parseNode(s.t, []byte(
			`{"callID":"no","private":{"trunkGroup":[[1]]},"list":[{"device":null}]}`))})
	}
	if len(members) > 0 && s.coin("twice") {
		m := rapid.SampledFrom(members).Draw(s.t, "which")
		extra = append(extra, nodeMember{s.name(m.name), node{raw: "null"}})
	}
	return extra
}

// private moves private data up the path that DMCC's XML puts before it, or out among
// the members of the message.
func (s speller) private(outer, inner reflect.Type, m nodeMember) []nodeMember {
	path := []string{"privateData", "private"}
	data, _ := m.value.at(path[0])
	data, _ = data.at(path[1])
	element := data.members[0]
	value := s.message(inner, element.value)
	names := append([]string{"extensions"}, append(path, element.name)...)
	from := rapid.IntRange(0, len(names)).Draw(s.t, "private data under")
	if from == len(names) && s.clash(outer, value.members) {
		from = 0
	}
	members := value.members
	for _, name := range slices.Backward(names[from:]) {
		members = []nodeMember{{s.name(name), object(members...)}}
	}
	return members
}

// clash reports whether a member of private data is one of the message's own.
func (s speller) clash(outer reflect.Type, members []nodeMember) bool {
	return slices.ContainsFunc(members, func(m nodeMember) bool {
		_, ok := fieldOf(outer, m.name)
		return ok
	})
}

// quote writes a payload as a string that holds it.
func (s speller) quote(n node) node {
	if s.coin("as a string") {
		return leaf(string(n.text()))
	}
	return n
}
