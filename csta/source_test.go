package csta_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is what the package's own text says: the comments of its types, which are
// structures, and the texts of its constants by type.
type source struct {
	docs       map[string]string
	structures map[string]bool
	fieldDocs  map[string]string // Type.Field
	constants  map[string][]string
	texts      map[string]string // of each constant
}

func readSource(t *testing.T) source {
	t.Helper()
	s := source{
		docs: map[string]string{}, structures: map[string]bool{},
		fieldDocs: map[string]string{}, constants: map[string][]string{},
		texts: map[string]string{},
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		const mode = parser.ParseComments | parser.SkipObjectResolution
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, mode)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if g, ok := decl.(*ast.GenDecl); ok {
				s.add(g)
			}
		}
	}
	return s
}

func (s source) add(g *ast.GenDecl) {
	for _, spec := range g.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			s.addType(spec, g.Doc.Text())
		case *ast.ValueSpec:
			s.addConstant(spec)
		}
	}
}

func (s source) addType(spec *ast.TypeSpec, doc string) {
	name := spec.Name.Name
	s.docs[name] = doc
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range structure.Fields.List {
		if f.Tag == nil {
			continue
		}
		s.structures[name] = true
		for _, ident := range f.Names {
			s.fieldDocs[name+"."+ident.Name] = strings.TrimSpace(f.Doc.Text() + f.Comment.Text())
		}
	}
}

func (s source) addConstant(spec *ast.ValueSpec) {
	typ, ok := spec.Type.(*ast.Ident)
	if !ok || len(spec.Values) != 1 || !spec.Names[0].IsExported() {
		return
	}
	lit, ok := spec.Values[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	if text, err := strconv.Unquote(lit.Value); err == nil && text != "" {
		s.constants[typ.Name] = append(s.constants[typ.Name], text)
		s.texts[spec.Names[0].Name] = text
	}
}

// reached adds the types of the package that a value of type t contains.
func reached(t reflect.Type, types map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		reached(t.Elem(), types)
	}
	if t.PkgPath() == "" || types[t.Name()] {
		return
	}
	types[t.Name()] = true
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			reached(t.Field(i).Type, types)
		}
	}
}

func TestEveryTypeBelongsToAMessage(t *testing.T) {
	types := make(map[string]bool)
	for _, m := range messages() {
		value, err := m.decode(nil)
		if err != nil {
			t.Fatal(err)
		}
		reached(reflect.TypeOf(value), types)
	}
	s := readSource(t)
	for name := range s.structures {
		if !types[name] && token.IsExported(name) {
			t.Errorf("no message contains a %s", name)
		}
	}
	for name := range s.constants {
		if !types[name] && name != "FaultCode" {
			t.Errorf("no message contains a %s", name)
		}
	}
}

func TestEveryEnumerationHasItsConstants(t *testing.T) {
	c, s := readCatalogue(t), readSource(t)
	known := map[string]bool{valueSet(s.constants["FaultCode"]): true}
	bySet := make(map[string]string)
	for name, values := range s.constants {
		bySet[valueSet(values)] = name
	}
	var faults []string
	for _, e := range c.entries {
		switch e.kind {
		case "fault":
			for _, v := range e.values {
				faults = append(faults, e.name+"/"+v)
			}
		case "enum":
			values := slices.DeleteFunc(slices.Clone(e.values), isRange)
			known[valueSet(values)] = true
			if bySet[valueSet(values)] == "" {
				t.Errorf("no type has constants for just the values of %s: %v", e.name, values)
			}
		}
	}
	if valueSet(faults) != valueSet(s.constants["FaultCode"]) {
		t.Error("the constants of FaultCode are not those of the catalogue")
	}
	for name, values := range s.constants {
		if !known[valueSet(values)] && name != "Presence" {
			t.Errorf("the constants of %s are no enumeration of the catalogue: %v", name, values)
		}
	}
}

// isRange reports whether a value stands for many, as switchSpec0..100 does.
func isRange(value string) bool { return strings.Contains(value, "..") }

func valueSet(values []string) string {
	values = slices.Clone(values)
	slices.Sort(values)
	return strings.Join(values, " ")
}

func TestEveryTypeSaysWhatItIs(t *testing.T) {
	for name, doc := range readSource(t).docs {
		if token.IsExported(name) && !strings.HasPrefix(doc, name+" ") {
			t.Errorf("the comment of %s does not begin with its name: %.60q", name, doc)
		}
	}
}
