package csta_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// message is a service's request, its answer or an event, as a test uses it.
type message struct {
	kind, name string
	example    json.RawMessage
	decode     func(payload []byte) (any, error)
}

func (m message) String() string { return m.kind + " " + m.name }

// messages lists what the package has types for.
func messages() []message {
	var list []message
	for _, s := range csta.Services() {
		list = append(list,
			message{"service", s.Name, s.Example, func(payload []byte) (any, error) {
				return s.Request(payload)
			}},
			message{"answer", answerName(s.Name), s.Answer, s.Reply})
	}
	for _, e := range csta.Events() {
		list = append(list, message{"event", e.Name, e.Example, func(p []byte) (any, error) {
			ev := csta.DecodeEvent(e.Name, p)
			if u, ok := ev.(csta.Unknown); ok {
				return u, u.Err
			}
			return ev, nil
		}})
	}
	return list
}

// answerName is the DMCC schema's name for the answer of a service.
func answerName(service string) string {
	if base, ok := strings.CutSuffix(service, "Request"); ok {
		return base + "Response"
	}
	return service + "Response"
}

// survives decodes JSON as a message and reports how what it encodes to differs.
func (m message) survives(t *testing.T, payload []byte) {
	t.Helper()
	value, err := m.decode(payload)
	if err != nil {
		t.Errorf("%s: %v in %s", m, err, payload)
		return
	}
	again, err := json.Marshal(value)
	if err != nil {
		t.Errorf("%s: %v", m, err)
		return
	}
	if diff := cmp.Diff(parsed(t, payload), parsed(t, again)); diff != "" {
		t.Errorf("%s came back different (-was +is):\n%s", m, diff)
	}
}

func parsed(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func TestEveryMessageOfTheCatalogueHasATypeAndTheReverse(t *testing.T) {
	c := readCatalogue(t)
	typed := make(map[string]bool)
	for _, m := range messages() {
		typed[m.String()] = true
		if _, ok := c.byName[m.String()]; !ok {
			t.Errorf("%s has a type and is not in the catalogue", m)
		}
	}
	for _, e := range c.messages() {
		if !typed[e.kind+" "+e.name] {
			t.Errorf("%s %s is in the catalogue and has no type", e.kind, e.name)
		}
	}
}

func TestEveryMessageHasAnExampleThatSurvives(t *testing.T) {
	c := readCatalogue(t)
	wanted := make(map[string]bool)
	for _, m := range messages() {
		file := c.exampleFile(c.byName[m.String()])
		if file != "" {
			wanted[file] = true
			text, err := os.ReadFile(file)
			if err != nil {
				t.Error(err)
				continue
			}
			if diff := cmp.Diff(parsed(t, text), parsed(t, m.example)); diff != "" {
				t.Errorf("%s shows another example than %s has: %s", m, file, diff)
			}
		}
		m.survives(t, m.example)
	}
	files, err := filepath.Glob("testdata/messages/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !wanted[file] {
			t.Errorf("%s is the example of no message", file)
		}
	}
}
