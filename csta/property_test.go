package csta_test

import (
	"encoding/json"
	"flag"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// zero is the value of a message that says nothing.
func (m message) zero(t rapid.TB) any {
	value, err := m.decode(nil)
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	return value
}

// same compares what was decoded with what should have been; an empty list and none
// are the same on the wire.
func (m message) same(t *rapid.T, want any, payload []byte) {
	got, err := m.decode(payload)
	if err != nil {
		t.Fatalf("%s: %v in %s", m, err, payload)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s from %s\n(-want +got):\n%s", m, payload, diff)
	}
}

func TestAnyValueOfAnyMessageSurvivesInAnySpelling(t *testing.T) {
	c := readCatalogue(t)
	for _, m := range messages() {
		t.Run(m.String(), rapid.MakeCheck(func(t *rapid.T) {
			typ := reflect.TypeOf(m.zero(t))
			value := draw(t, typ).Interface()
			payload, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			m.same(t, value, payload)
			s := speller{t}
			node := parseNode(t, payload)
			c.holds(t, m, node)
			m.same(t, value, s.respell(typ, node).text())
			m.same(t, value, s.quote(s.respell(typ, node)).text())
		}))
	}
}

// holds reports members that the catalogue does not have, in a message that was made
// from Go values. Events about calls share their common members.
func (c catalogue) holds(t *rapid.T, m message, n node) {
	allowed := make(map[string]bool)
	for _, e := range c.entries {
		if e.kind+" "+e.name != m.String() && !(m.kind == "event" && e.chapter == "Call events") {
			continue
		}
		for _, member := range e.members {
			allowed[member.name] = true
		}
		allowed["extensions"] = allowed["extensions"] || e.private != ""
	}
	for _, member := range n.members {
		if !allowed[member.name] {
			t.Fatalf("%s: %s is not in the catalogue", m, member.name)
		}
	}
}

// TestMain asks for few checks of each of the many messages, unless -rapid.checks says
// otherwise: every run draws others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "10"); err != nil {
		panic(err)
	}
	m.Run()
}
