package csta_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// Instances of messages, made of nothing but the catalogue: what the schema can say
// must come back from the Go types as it went in.

// instances makes values of catalogue types; n chooses among alternatives.
type instances struct {
	catalogue
	n int
}

func (i instances) message(e entry) map[string]any {
	object := i.object(e)
	if e.private != "" {
		inner := i.object(i.byName["private "+e.private])
		object["extensions"] = map[string]any{"privateData": map[string]any{
			"private": map[string]any{e.private: inner},
		}}
	}
	return object
}

func (i instances) object(e entry) map[string]any {
	object := make(map[string]any)
	for _, m := range e.members {
		object[m.name] = i.value(m.typ)
		if m.list {
			object[m.name] = []any{i.value(m.typ), i.value(m.typ)}
		}
	}
	return object
}

func (i instances) value(typ string) any {
	switch typ {
	case "string":
		return "text " + strconv.Itoa(i.n)
	case "int":
		return i.n + 1
	case "text int":
		return strconv.Itoa(i.n + 1)
	case "bool":
		return true
	case "hex":
		return "4869"
	case "DeviceID":
		return "100" + strconv.Itoa(i.n) + ":CM1:0.0.0.0:0"
	case "json":
		return map[string]any{"inner": []any{1, "two", nil}}
	}
	e, _ := i.structure(typ)
	switch e.kind {
	case "enum":
		return strings.Split(e.values[i.n%len(e.values)], "..")[0]
	case "choice":
		m := e.members[i.n%len(e.members)]
		if m.typ == "" {
			return map[string]any{m.name: map[string]any{}}
		}
		return map[string]any{m.name: i.value(m.typ)}
	}
	return i.object(e)
}

func TestEveryMemberOfTheCatalogueHasAField(t *testing.T) {
	c := readCatalogue(t)
	for _, m := range messages() {
		for n := range 5 { // the choice with the most alternatives has five
			value := instances{c, n}.message(c.byName[m.String()])
			payload, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			m.survives(t, payload)
		}
	}
}
