package csta_test

import (
	"os"
	"strings"
	"testing"
)

// entry is one block of testdata/catalog.txt, whose head explains the layout.
type entry struct {
	kind, name, confidence string
	chapter                string
	members                []member
	private                string   // the private data of a message
	omitted, values        []string // of a message; of an enumeration
}

// member is one line of an entry.
type member struct {
	name, item, typ string
	list            bool
}

// catalogue is all of it: in order, and by kind and name.
type catalogue struct {
	entries []entry
	byName  map[string]entry
}

func readCatalogue(t *testing.T) catalogue {
	t.Helper()
	text, err := os.ReadFile("testdata/catalog.txt")
	if err != nil {
		t.Fatal(err)
	}
	var c catalogue
	chapter := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "chapter" && line[0] != '\t':
			chapter = strings.TrimPrefix(line, "chapter ")
		case line[0] != '\t' && len(words) == 3:
			c.entries = append(c.entries, entry{
				kind: words[0], name: words[1], confidence: words[2], chapter: chapter,
			})
		case line[0] == '\t' && len(c.entries) > 0:
			c.entries[len(c.entries)-1].add(words)
		default:
			t.Fatalf("catalog.txt: what is %q?", line)
		}
	}
	c.byName = make(map[string]entry)
	for _, e := range c.entries {
		key := e.kind + " " + e.name
		if _, twice := c.byName[key]; twice {
			t.Errorf("catalog.txt has %s twice", key)
		}
		c.byName[key] = e
	}
	return c
}

func (e *entry) add(words []string) {
	switch {
	case e.kind == "enum" || e.kind == "fault":
		e.values = append(e.values, words...)
	case words[0] == "omitted":
		e.omitted = append(e.omitted, words[1:]...)
	case words[0] == "private" && len(words) == 2 && strings.HasSuffix(words[1], "PrivateData"),
		words[0] == "private" && words[1] == "AvayaEvents":
		e.private = words[1]
	default:
		name, item, _ := strings.Cut(words[0], "{")
		m := member{item: strings.TrimSuffix(item, "}"), typ: strings.Join(words[1:], " ")}
		m.name, m.list = strings.CutSuffix(name, "[]")
		e.members = append(e.members, m)
	}
}

// structure finds the type, choice, enumeration or private data of a name.
func (c catalogue) structure(name string) (entry, bool) {
	for _, kind := range []string{"type", "choice", "enum", "private"} {
		if e, ok := c.byName[kind+" "+name]; ok {
			return e, true
		}
	}
	return entry{}, false
}

// messages are the entries that travel: services, answers and events.
func (c catalogue) messages() []entry {
	var found []entry
	for _, e := range c.entries {
		if e.kind == "service" || e.kind == "answer" || e.kind == "event" {
			found = append(found, e)
		}
	}
	return found
}

func TestTheCatalogueSaysWhatItNames(t *testing.T) {
	c := readCatalogue(t)
	scalars := map[string]bool{
		"string": true, "int": true, "bool": true, "hex": true, "DeviceID": true,
		"json": true, "text int": true, "": true,
	}
	for _, e := range c.entries {
		switch e.confidence {
		case "seen", "dmcc", "ecma":
		default:
			t.Errorf("%s %s has the confidence %q", e.kind, e.name, e.confidence)
		}
		if _, ok := c.byName["private "+e.private]; e.private != "" && !ok {
			t.Errorf("%s %s: private data %s is not in the catalogue", e.kind, e.name, e.private)
		}
		for _, m := range e.members {
			if _, ok := c.structure(m.typ); !ok && !scalars[m.typ] {
				t.Errorf("%s %s: %s is a %s, which is not in the catalogue",
					e.kind, e.name, m.name, m.typ)
			}
		}
	}
}

// eventFile is the name of an event's example, as testdata/messages has it.
func (c catalogue) eventFile(event string) string {
	if _, shared := c.byName["service "+event]; shared {
		return event + "Event"
	}
	return event
}

// exampleFile is where an example of a message must be, "" if it has no members.
func (c catalogue) exampleFile(e entry) string {
	name := e.name
	if e.kind == "event" {
		name = c.eventFile(name)
	}
	if len(e.members) == 0 && e.private == "" {
		return ""
	}
	return "testdata/messages/" + name + ".json"
}
