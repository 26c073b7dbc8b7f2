package csta_test

import (
	"bytes"
	"encoding/json"
	"slices"

	"pgregory.net/rapid"
)

// node is JSON whose members keep their order and may be there twice.
type node struct {
	kind    byte   // '{', '[' or, for what is neither, 0
	raw     string // of what is neither
	members []nodeMember
	items   []node
}

type nodeMember struct {
	name  string
	value node
}

func parseNode(t rapid.TB, text []byte) node {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return readNode(t, d)
}

func readNode(t rapid.TB, d *json.Decoder) node {
	token, err := d.Token()
	if err != nil {
		t.Fatalf("%v", err)
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return leaf(token)
	}
	n := node{kind: byte(delim)}
	for d.More() {
		if delim == '[' {
			n.items = append(n.items, readNode(t, d))
			continue
		}
		name, err := d.Token()
		if err != nil {
			t.Fatalf("%v", err)
		}
		n.members = append(n.members, nodeMember{name.(string), readNode(t, d)})
	}
	if _, err := d.Token(); err != nil {
		t.Fatalf("%v", err)
	}
	return n
}

// leaf is a value that is neither object nor list.
func leaf(v any) node {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and booleans can be written
	}
	return node{raw: string(raw)}
}

func object(members ...nodeMember) node { return node{kind: '{', members: members} }

// str is the text of a string, false for anything else.
func (n node) str() (text string, ok bool) {
	ok = n.kind == 0 && n.raw[0] == '"' && json.Unmarshal([]byte(n.raw), &text) == nil
	return text, ok
}

// at is the value of a member, false if there is none.
func (n node) at(name string) (node, bool) {
	i := slices.IndexFunc(n.members, func(m nodeMember) bool { return m.name == name })
	if i < 0 {
		return node{}, false
	}
	return n.members[i].value, true
}

func (n node) text() []byte {
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes()
}

func (n node) write(b *bytes.Buffer) {
	switch n.kind {
	case 0:
		b.WriteString(n.raw)
		return
	case '{':
		b.WriteByte('{')
		for i, m := range n.members {
			if i > 0 {
				b.WriteString(" ,\n")
			}
			b.WriteString(leaf(m.name).raw + " : ")
			m.value.write(b)
		}
		b.WriteByte('}')
	case '[':
		b.WriteByte('[')
		for i, item := range n.items {
			if i > 0 {
				b.WriteByte(',')
			}
			item.write(b)
		}
		b.WriteByte(']')
	}
}

// compact is the same value, written without white space.
func (n node) compact() node {
	var b bytes.Buffer
	if err := json.Compact(&b, n.text()); err != nil {
		panic(err) // a node writes itself as JSON
	}
	return node{raw: b.String()}
}
