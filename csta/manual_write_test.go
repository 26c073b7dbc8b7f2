package csta_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

const manualHead = `# The protocol

Every service and event of Avaya's Web Telephony Interface that public sources name: what
it is for, its members, and an example. Tests of package csta write this file from the
comments of its types and from csta/testdata/catalog.txt, so do not edit it: change those
and run ` + "`go generate ./csta`" + `.

Nobody outside Avaya has a schema of WTI. How far to trust an entry stands beside its name:
*seen* in a WTI source, *dmcc* from the schema of DMCC (the layer below, whose form in JSON
is inferred), *ecma* from ECMA-269 and ECMA-323. Remarks in round brackets give the
source of a single statement. Members that the catalogue leaves out are listed as such; a
client must expect members, events and values that are not here.

The type *hex* is text that travels as hexBinary, the digits of its bytes. Read, it is
always printable: bytes that are no text, and text with control characters, show as their
digits. Plain text is understood where its letters cannot be taken for digits.

`

// write writes all of the manual.
func (m *manual) write(t *testing.T) {
	m.out.WriteString(manualHead)
	m.contents()
	chapter := ""
	for _, e := range m.entries {
		if e.chapter != chapter {
			chapter = e.chapter
			fmt.Fprintf(&m.out, "## %s\n\n", chapter)
		}
		m.entry(t, e)
	}
}

func (m *manual) contents() {
	chapter := ""
	for _, e := range m.entries {
		if e.chapter != chapter {
			chapter = e.chapter
			anchor := strings.ReplaceAll(strings.ToLower(chapter), " ", "-")
			fmt.Fprintf(&m.out, "- [%s](#%s)\n", chapter, anchor)
		}
	}
	m.out.WriteString("\n")
}

func (m *manual) entry(t *testing.T, e entry) {
	switch e.kind {
	case "enum", "fault":
		m.heading(e)
		fmt.Fprintf(&m.out, "`%s`\n\n", strings.Join(e.values, "`, `"))
		return
	case "type", "choice", "private":
		m.heading(e)
		m.members(e, m.goTypes[e.name])
		return
	}
	msg := m.byName[e.kind+" "+e.name]
	typ := typeOf(t, msg)
	if e.kind == "answer" {
		fmt.Fprintf(&m.out, "**Answer** %s (`csta.%s`, %s)\n\n", e.name, typ.Name(), e.confidence)
	} else {
		fmt.Fprintf(&m.out, "### %s\n\n*%s, %s* `csta.%s`\n\n",
			e.name, e.kind, e.confidence, typ.Name())
		fmt.Fprintf(&m.out, "%s\n\n", m.prose(m.docs[typ.Name()]))
	}
	m.members(e, typ)
	fmt.Fprintf(&m.out, "```json\n%s\n```\n\n", msg.example)
}

// heading opens what is not a message, with the comment of its Go type.
func (m *manual) heading(e entry) {
	fmt.Fprintf(&m.out, "### %s\n\n*%s, %s*", e.name, e.kind, e.confidence)
	if typ := m.goTypes[e.name]; typ != nil {
		fmt.Fprintf(&m.out, " `csta.%s`\n\n%s", typ.Name(), m.prose(m.docs[typ.Name()]))
	}
	m.out.WriteString("\n\n")
}

// members writes a table of the members, with the comments of their fields.
func (m *manual) members(e entry, typ reflect.Type) {
	if len(e.members) > 0 {
		m.out.WriteString("| member | type | |\n|---|---|---|\n")
		for _, member := range e.members {
			what := member.typ
			if member.list {
				what = "list of " + what
			}
			if member.item != "" {
				what += " (" + member.item + ")"
			}
			remark := m.remark(typ, member.name)
			fmt.Fprintf(&m.out, "| `%s` | %s | %s |\n", member.name, what, remark)
		}
		m.out.WriteString("\n")
	}
	if e.private != "" {
		fmt.Fprintf(&m.out, "Private data: %s.\n\n", e.private)
	}
	if len(e.omitted) > 0 {
		fmt.Fprintf(&m.out, "Left out: %s.\n\n", strings.Join(e.omitted, ", "))
	}
}

// remark is the comment of the field for a member.
func (m *manual) remark(typ reflect.Type, name string) string {
	if typ == nil || typ.Kind() != reflect.Struct {
		return ""
	}
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			if text := m.remark(f.Type, name); text != "" {
				return text
			}
			continue
		}
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
			return m.prose(m.fieldDocs[typ.Name()+"."+f.Name])
		}
	}
	return ""
}

// prose makes Markdown of a comment: links become code.
func (m *manual) prose(comment string) string {
	text := strings.Join(strings.Fields(m.name(comment, "`")), " ")
	return strings.ReplaceAll(text, "|", `\|`)
}
