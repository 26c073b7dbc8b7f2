package dialect

import (
	"encoding/json"
	"strings"
)

// The spellings that a client's decoder has to take: each function puts a payload
// into one of them.

// privateOf takes private data out of a message: the element's name and content.
func privateOf(t *tree) (name string, content *tree) {
	private := t.lookup("extensions").lookup("privateData").lookup("private")
	if private == nil || len(private.members) != 1 {
		return "", nil
	}
	t.drop("extensions")
	return private.members[0].name, private.members[0].value
}

func shortPrivate(t *tree) {
	if name, content := privateOf(t); content != nil {
		t.members = append(t.members, member{"privateData", object(member{name, content})})
	}
}

func hoistPrivate(t *tree) {
	if _, content := privateOf(t); content != nil {
		t.members = append(t.members, content.members...)
	}
}

func (t *tree) drop(name string) {
	for i, m := range t.members {
		if m.name == name {
			t.members = append(t.members[:i:i], t.members[i+1:]...)
			return
		}
	}
}

func numbersAsText(t *tree) {
	t.walk("", func(_ string, t *tree) {
		if n, ok := t.scalar.(json.Number); ok {
			t.scalar = n.String()
		}
	})
}

func booleansAsText(t *tree) {
	t.walk("", func(_ string, t *tree) {
		switch t.scalar {
		case true:
			t.scalar = "true"
		case false:
			t.scalar = "false"
		}
	})
}

// bareDevices turns {"deviceIdentifier":"x"} and {"numberDialed":"x"} into "x".
func bareDevices(t *tree) {
	t.walk("", func(_ string, t *tree) {
		if len(t.members) != 1 {
			return
		}
		if name := t.members[0].name; name == "deviceIdentifier" || name == "numberDialed" {
			*t = *t.members[0].value
		}
	})
}

// deviceMembers hold a device id as a bare string.
var deviceMembers = map[string]bool{
	"deviceID": true, "device": true, "acdGroup": true, "collectVDN": true,
}

func wrappedDevices(t *tree) {
	t.walk("", func(name string, t *tree) {
		if id, ok := t.scalar.(string); ok && deviceMembers[name] {
			*t = *object(member{"deviceIdentifier", text(id)})
		}
	})
}

// nothing reports whether t is an empty choice, and which.
func nothing(t *tree) (string, bool) {
	if len(t.members) != 1 {
		return "", false
	}
	m := t.members[0]
	switch m.name {
	case "notKnown", "restricted", "notRequired", "notSpecified":
		return m.name, m.value.kind == '{' && len(m.value.members) == 0
	}
	return "", false
}

func nothingAs(form func(name string) *tree) func(*tree) {
	return func(t *tree) {
		t.walk("", func(_ string, t *tree) {
			if name, ok := nothing(t); ok {
				*t = *form(name)
			}
		})
	}
}

var (
	nothingAsNull = nothingAs(func(name string) *tree {
		return object(member{name, &tree{kind: 's'}})
	})
	nothingAsText = nothingAs(func(name string) *tree { return object(member{name, text("")}) })
	nothingAsWord = nothingAs(text)
)

// listItems has the repeated element of each list that XML wraps (DMCC schema).
var listItems = map[string]string{
	"connections": "connectionListItem", "transferredConnections": "connectionListItem",
	"conferenceConnections": "connectionListItem", "agentStateList": "agentStateEntry",
	"agentInfo": "agentInfoItem",
}

func wrappedLists(t *tree) {
	t.walk("", func(name string, t *tree) {
		if item := listItems[name]; item != "" && t.kind == '[' {
			array := *t
			*t = *object(member{item, &array})
		}
	})
}

func singleLists(t *tree) {
	t.walk("", func(_ string, t *tree) {
		if t.kind == '[' && len(t.items) == 1 {
			*t = *t.items[0]
		}
	})
}

func lowerIDs(t *tree) {
	t.walk("", func(_ string, t *tree) {
		for i := range t.members {
			t.members[i].name = strings.ReplaceAll(t.members[i].name, "ID", "Id")
		}
	})
}
