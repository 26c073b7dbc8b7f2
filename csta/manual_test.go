package csta_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/doc"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/wtiphone/wtiphone/csta"
)

//go:generate go test -run TheManual -update .

var update = flag.Bool("update", false, "write sentences.txt and docs/protocol.md anew")

// manual writes what the types say of themselves.
type manual struct {
	catalogue
	source
	byName  map[string]message
	goTypes map[string]reflect.Type // by the name in the catalogue
	wire    map[string]string       // name on the wire, by Go type
	out     bytes.Buffer
}

func newManual(t *testing.T) *manual {
	m := &manual{
		catalogue: readCatalogue(t), source: readSource(t),
		byName:  map[string]message{},
		goTypes: map[string]reflect.Type{}, wire: map[string]string{},
	}
	for _, msg := range messages() {
		m.byName[msg.String()] = msg
		typ := typeOf(t, msg)
		if msg.kind != "answer" {
			m.wire[typ.Name()] = msg.name
		}
		m.learn(m.catalogue.byName[msg.String()], typ)
	}
	return m
}

// learn finds the Go types that stand for the types of an entry's members.
func (m *manual) learn(e entry, typ reflect.Type) {
	if typ.Kind() != reflect.Struct {
		return
	}
	members := e.members
	if e.private != "" {
		members = append(members[:len(members):len(members)],
			member{name: "extensions", typ: e.private})
	}
	for _, member := range members {
		f, ok := fieldOf(typ, member.name)
		inner, known := m.structure(member.typ)
		if !ok || !known {
			continue
		}
		t := f.Type
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if m.goTypes[member.typ] == nil && t.PkgPath() != "" {
			m.goTypes[member.typ] = t
			m.learn(inner, t)
		}
	}
}

// typeOf is the Go type of a message.
func typeOf(t *testing.T, m message) reflect.Type { return reflect.TypeOf(m.zero(t)) }

// sources are the remarks that tell where a statement comes from.
var sources = regexp.MustCompile(`\s*\((DMCC|WTI|ECMA|Avaya's|general|inferred|field)[^)]*\)`)

// sentence makes a line for a list of the comment of a type: "MakeCall places a call."
// becomes "Places a call."
func (m *manual) sentence(name string) string {
	synopsis := new(doc.Package).Synopsis(m.docs[name])
	text := strings.TrimPrefix(sources.ReplaceAllString(synopsis, ""), name+" ")
	text = m.name(text, "")
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

var links = regexp.MustCompile(`\[([A-Z]\w*)\]`)

// name replaces links to Go names by what stands on the wire.
func (m *manual) name(comment, quote string) string {
	return links.ReplaceAllStringFunc(comment, func(link string) string {
		name := strings.Trim(link, "[]")
		return quote + cmp.Or(m.wire[name], m.texts[name], name) + quote
	})
}

func TestTheManualHasASentenceForEach(t *testing.T) {
	m := newManual(t)
	var want strings.Builder
	for _, msg := range messages() {
		if msg.kind != "answer" {
			fmt.Fprintf(&want, "%s\t%s\n", msg, m.sentence(typeOf(t, msg).Name()))
		}
	}
	compare(t, "testdata/sentences.txt", want.String())
	if *update {
		return // the sentences of this run were built in before
	}
	for _, s := range csta.Services() {
		if s.Sentence == "" {
			t.Errorf("%s has no sentence", s.Name)
		}
	}
	for _, e := range csta.Events() {
		if e.Sentence == "" {
			t.Errorf("%s has no sentence", e.Name)
		}
	}
}

func TestTheManualIsWhatTheTypesSay(t *testing.T) {
	m := newManual(t)
	m.write(t)
	compare(t, filepath.Join("..", "docs", "protocol.md"), m.out.String())
}

// compare reports whether a file has the text that it should have, or writes it.
func compare(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the types say; run go generate ./csta", file)
	}
}
