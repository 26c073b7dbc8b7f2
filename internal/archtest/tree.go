package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// Tree is the Go source below one directory, parsed.
type Tree struct {
	fset  *token.FileSet
	files []*file
}

// file is one Go file: its text and its syntax with comments.
type file struct {
	path string // from the root of the tree, with forward slashes
	dir  string // the package's directory; "." at the root
	test bool   // the name ends in _test.go
	text []byte
	ast  *ast.File
}

// Finding is one breach of one rule.
type Finding struct {
	Path string // file or directory, from the root of the tree
	Line int    // counted from 1; 0 when the breach has no line
	Text string // what is wrong and what to do about it
}

// String returns the finding as compilers print theirs, for editors to follow.
func (f Finding) String() string {
	if f.Line == 0 {
		return f.Path + ": " + f.Text
	}
	return fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Text)
}

// Check is one rule under the name that its test has.
type Check struct {
	Name string
	Find func(*Tree) []Finding
}

// Checks lists every rule.
var Checks = []Check{
	{"imports", Imports},
	{"sizes", Sizes},
	{"columns", Columns},
	{"docs", Docs},
	{"words", Words},
	{"tls", TLS},
	{"sleeps", Sleeps},
}

// Load parses every Go file of fsys, whatever its build constraints. It passes
// over what the go command passes over (testdata, vendor, names that begin with
// a dot or an underscore), over node_modules, and over nested modules. The
// error is that of the file system or of the parser.
func Load(fsys fs.FS) (*Tree, error) {
	t := &Tree{fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && passOver(fsys, name):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go" || hidden(d.Name()):
			return nil
		}
		return t.add(fsys, name)
	})
	if err != nil {
		return nil, fmt.Errorf("archtest: Load: %w", err)
	}
	return t, nil
}

func (t *Tree) add(fsys fs.FS, name string) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	const mode = parser.ParseComments | parser.SkipObjectResolution
	syntax, err := parser.ParseFile(t.fset, name, text, mode)
	if err != nil {
		return err
	}
	t.files = append(t.files, &file{
		path: name,
		dir:  path.Dir(name),
		test: strings.HasSuffix(name, "_test.go"),
		text: text,
		ast:  syntax,
	})
	return nil
}

// packages returns the files of each directory, in the order of their names.
func (t *Tree) packages() map[string][]*file {
	dirs := map[string][]*file{}
	for _, f := range t.files {
		dirs[f.dir] = append(dirs[f.dir], f)
	}
	return dirs
}

// at returns a finding at pos.
func (t *Tree) at(pos token.Pos, format string, args ...any) Finding {
	p := t.fset.PositionFor(pos, false)
	return Finding{p.Filename, p.Line, fmt.Sprintf(format, args...)}
}

func passOver(fsys fs.FS, dir string) bool {
	if dir == "." {
		return false
	}
	switch base := path.Base(dir); {
	case hidden(base), base == "testdata", base == "vendor", base == "node_modules":
		return true
	}
	_, err := fs.Stat(fsys, path.Join(dir, "go.mod"))
	return err == nil
}

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}
