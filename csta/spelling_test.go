package csta_test

import (
	"encoding/hex"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
)

// speller rewrites a message as some server might spell it: every form that the public
// sources leave open, one chosen at random wherever there is a choice.
type speller struct{ t *rapid.T }

// coin decides, and never while an example is made smaller.
func (s speller) coin(what string) bool { return rapid.Bool().Draw(s.t, what) }

// respell rewrites a value of Go type typ.
func (s speller) respell(typ reflect.Type, n node) node {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch typ {
	case reflect.TypeFor[csta.DeviceID]():
		return s.device(n)
	case reflect.TypeFor[csta.ExtendedDeviceID](), reflect.TypeFor[csta.RedirectionDeviceID](),
		reflect.TypeFor[csta.Endpoint]():
		return s.party(n)
	case reflect.TypeFor[csta.HexText](), reflect.TypeFor[csta.HexSecret]():
		return s.hexText(n)
	case reflect.TypeFor[csta.CallState]():
		return s.callState(n)
	case reflect.TypeFor[csta.DeviceSnapshotData]():
		return s.snapshot(reflect.TypeFor[[]csta.SnapshotDeviceInfo](), n)
	case reflect.TypeFor[csta.CallSnapshotData]():
		return s.snapshot(reflect.TypeFor[[]csta.SnapshotCallInfo](), n)
	case reflect.TypeFor[csta.Opaque]():
		return n.compact()
	}
	switch typ.Kind() {
	case reflect.Struct:
		return s.message(typ, n)
	case reflect.Slice:
		return s.list(typ, "", n)
	}
	return s.scalar(typ, n)
}

var decimal = regexp.MustCompile(`^(0|[1-9][0-9]{0,14})$`)

// scalar writes numbers and booleans as text, and text that is a number as a number.
func (s speller) scalar(typ reflect.Type, n node) node {
	text, isText := n.str()
	switch {
	case !s.coin("respell"):
	case typ.Kind() == reflect.Bool:
		return leaf(rapid.SampledFrom([]string{
			n.raw, strings.ToUpper(n.raw), strings.ToUpper(n.raw[:1]) + n.raw[1:],
		}).Draw(s.t, "boolean"))
	case !isText:
		return leaf(n.raw)
	case typ.Kind() != reflect.String: // a number that our own encoding quotes
		return node{raw: text}
	case decimal.MatchString(text):
		return node{raw: text}
	case text == "":
		return node{raw: "null"}
	}
	return n
}

func (s speller) device(n node) node {
	name := rapid.SampledFrom([]string{"", "deviceIdentifier", "DeviceID"}).Draw(s.t, "device as")
	n = s.scalar(reflect.TypeFor[string](), n)
	if name == "" {
		return n
	}
	return object(nodeMember{name, n})
}

// party writes a party's device bare, or the reason why there is none in its forms.
func (s speller) party(n node) node {
	m := n.members[0]
	if m.value.kind != '{' {
		if s.coin("bare party") {
			return s.scalar(reflect.TypeFor[string](), m.value)
		}
		return object(nodeMember{s.name(m.name), m.value})
	}
	empty := rapid.SampledFrom([]node{
		{raw: "null"}, {raw: `""`}, {raw: "true"}, object(), leaf(m.name),
	}).Draw(s.t, "empty choice")
	if text, _ := empty.str(); text == m.name {
		return empty
	}
	return object(nodeMember{s.name(m.name), empty})
}

// hexText writes the text itself, where that cannot be taken for hexadecimal digits.
func (s speller) hexText(n node) node {
	digits, _ := n.str()
	text, err := hex.DecodeString(digits)
	if err == nil && !isHex(string(text)) && s.coin("plain text") {
		return leaf(string(text))
	}
	return n
}

func isHex(text string) bool {
	_, err := hex.DecodeString(text)
	return err == nil
}

func (s speller) callState(n node) node {
	if simple, ok := n.at("simpleCallState"); ok {
		if s.coin("bare state") {
			return simple
		}
		return n
	}
	compound, _ := n.at("compoundCallState")
	states, _ := compound.at("localConnectionState")
	states = s.list(reflect.TypeFor[[]csta.ConnectionState](), "localConnectionState", states)
	switch rapid.IntRange(0, 2).Draw(s.t, "state as") {
	case 1:
		return object(nodeMember{"CompoundCallState", states})
	case 2:
		if states.kind == '[' {
			return states
		}
	}
	return object(nodeMember{
		"compoundcallstate", object(nodeMember{"localConnectionState", states}),
	})
}

func (s speller) snapshot(typ reflect.Type, n node) node {
	data, ok := n.at("snapshotData")
	if !ok {
		return n
	}
	m := data.members[0]
	items := s.list(typ, m.name, m.value)
	switch rapid.IntRange(0, 3).Draw(s.t, "snapshot as") {
	case 0:
		return items
	case 1:
		return object(nodeMember{"snapshotData", items})
	case 2:
		return object(nodeMember{s.name(m.name), items})
	}
	return object(nodeMember{s.name("snapshotData"), object(nodeMember{m.name, items})})
}

// name changes the case of a member's name.
func (s speller) name(name string) string {
	return rapid.SampledFrom([]string{
		name, strings.ToLower(name), strings.ToUpper(name), strings.ToUpper(name[:1]) + name[1:],
	}).Draw(s.t, "case")
}

// list writes a list as an array, a wrapper, or the only element itself.
func (s speller) list(typ reflect.Type, item string, n node) node {
	if n.kind != '[' { // null
		return n
	}
	bare := len(n.items) == 1 && tellsItself(n.items[0])
	n.items = slices.Clone(n.items)
	for i := range n.items {
		n.items[i] = s.respell(typ.Elem(), n.items[i])
	}
	switch form := rapid.IntRange(0, 3).Draw(s.t, "list as"); {
	case form == 0 && len(n.items) == 0:
		return rapid.SampledFrom([]node{{raw: "null"}, {raw: `""`}, object()}).Draw(s.t, "none")
	case form == 1 && item != "":
		return object(nodeMember{s.name(item), n})
	case form == 2 && item != "" && bare:
		return object(nodeMember{s.name(item), n.items[0]})
	case form == 3 && bare:
		return n.items[0]
	}
	return n
}

// tellsItself reports whether an element can stand for the list of it: neither nothing
// nor an object that might as well be a wrapper.
func tellsItself(n node) bool {
	if n.kind == '{' {
		return len(n.members) > 0
	}
	return n.kind == 0 && n.raw != `""` && n.raw != "null"
}
