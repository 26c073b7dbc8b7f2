package dialect

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// payloadGroups concern the JSON form of what is inside a payload.
var payloadGroups = []group{
	{"private", []way{
		{"nested", "private data under extensions/privateData/private [dmcc]", keep},
		{"short", "private data under privateData [guess]", reshape(shortPrivate)},
		{"hoisted", "private data among the other members [guess]", reshape(hoistPrivate)},
	}},
	{"numbers", []way{
		{"number", "numbers are numbers [guess]", keep},
		{"text", "numbers are strings [guess; one request is seen so]", reshape(numbersAsText)},
	}},
	{"booleans", []way{
		{"boolean", "booleans are booleans [guess]", keep},
		{"text", "booleans are strings [guess]", reshape(booleansAsText)},
	}},
	{"devices", []way{
		{"mixed", "ids bare, parties in deviceIdentifier [dmcc; ids seen]", keep},
		{"bare", "parties are bare strings too [guess]", reshape(bareDevices)},
		{"wrapped", "ids are wrapped too [guess]", reshape(wrappedDevices)},
	}},
	{"nothing", []way{
		{"object", `an empty choice is {"notKnown":{}} [guess]`, keep},
		{"null", `an empty choice is {"notKnown":null} [guess]`, reshape(nothingAsNull)},
		{"text", `an empty choice is {"notKnown":""} [guess]`, reshape(nothingAsText)},
		{"word", `an empty choice is "notKnown" [guess]`, reshape(nothingAsWord)},
	}},
	{"lists", []way{
		{"array", "a list is an array [seen for one]", keep},
		{"wrapped", "a list is an object around an array [guess]", reshape(wrappedLists)},
		{"single", "a list of one is its element [guess]", reshape(singleLists)},
	}},
	{"fields", []way{
		{"any", "members of requests are read in any case [guess]", keep},
		{"upper", "members begin with a capital, as the session's do [guess]", func(d *Dialect) {
			d.upper = true
		}},
	}},
	{"case", []way{
		{"callID", "members are spelt as in the schema [dmcc]", keep},
		{"callId", "ID is spelt Id [guess]", reshape(lowerIDs)},
	}},
}

func reshape(change func(*tree)) func(*Dialect) {
	return func(d *Dialect) { d.reshape = append(d.reshape, change) }
}

// Misspelt is what a server says that misses a member because it is written in small
// letters; nil if the request is spelt as the dialect has it. Session services have their
// own names in every dialect.
func (d *Dialect) Misspelt(service string, payload []byte) error {
	if !d.upper || len(payload) == 0 || ofSession(service) {
		return nil
	}
	t, err := parseTree(payload)
	if err != nil {
		return err
	}
	t.walk("", func(_ string, t *tree) {
		for _, m := range t.members {
			if name := capital(m.name); name != m.name && err == nil {
				err = fmt.Errorf("mandatory member %.60q is missing", name)
			}
		}
	})
	return err
}

func ofSession(name string) bool { return strings.Contains(name, "ApplicationSession") }

// capitals gives every member a capital.
func capitals(t *tree) {
	t.walk("", func(_ string, t *tree) {
		for i := range t.members {
			t.members[i].name = capital(t.members[i].name)
		}
	})
}

func capital(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}
