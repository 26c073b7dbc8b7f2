package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Imports finds direct imports that the importing package's row does not have,
// and packages that have no row. The standard library is always allowed, but
// for "C": everything builds with CGO_ENABLED=0.
func Imports(t *Tree) []Finding {
	var found []Finding
	once := map[string]string{} // directory to the file that has its one import
	unlisted := map[string]bool{}
	for _, f := range t.files {
		home, r, ok := rowOf(f.dir)
		if !ok {
			if !unlisted[f.dir] {
				found = append(found, Finding{Path: f.dir, Text: noRow})
			}
			unlisted[f.dir] = true
			continue
		}
		for _, spec := range f.ast.Imports {
			name, why := r.judge(f, home, spec)
			switch first := once[f.dir]; {
			case why != "":
				found = append(found, t.at(spec.Pos(), "%s", why))
			case f.test || r.once == "" || name != r.once:
			case first == "":
				once[f.dir] = f.path
			default:
				found = append(found, t.at(spec.Pos(), "imports %s, and so does %s: "+
					"one file of a package does, so that it can be exchanged", name, first))
			}
		}
	}
	return found
}

// rowOf returns the row that a directory stands under: its own, or that of the
// nearest package above it, whose parts share its rules.
func rowOf(dir string) (home string, r row, ok bool) {
	for home = dir; home != "."; home = path.Dir(home) {
		if r, ok = table[home]; ok {
			return home, r, true
		}
	}
	return "", row{}, false
}

const noRow = "the package has no row in internal/archtest/table.go: " +
	"add a row that says what it imports and why"

// judge returns the table's name for what spec imports, and why the file must
// not import it; "" when it may.
func (r row) judge(f *file, home string, spec *ast.ImportSpec) (name, why string) {
	target, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return "", fmt.Sprintf("imports %s: %v", spec.Path.Value, err)
	}
	if target == "C" {
		return target, `imports "C": everything builds with CGO_ENABLED=0`
	}
	if standard(target) {
		return target, ""
	}
	name, ours, ok := resolve(target)
	if !ok {
		return target, fmt.Sprintf("imports %s: the module is not in "+
			"internal/archtest/modules.go; if it belongs here, add a row with its reason", target)
	}
	if ours {
		if part, _, known := rowOf(name); known && part == home && name != f.dir {
			return name, "" // a package and its parts may use each other
		}
	}
	if r.allows(f, name, ours) {
		return name, ""
	}
	if reason, ok := r.never[name]; ok {
		return name, fmt.Sprintf("%s never imports %s: %s", f.dir, name, reason)
	}
	return name, fmt.Sprintf("imports %s, which is not in the row of %s in "+
		"internal/archtest/table.go; if it belongs there, add it with its reason", name, home)
}

func (r row) allows(f *file, name string, ours bool) bool {
	_, uses := r.uses[name]
	if uses || (r.any && (ours || !testOnly(name))) {
		return true
	}
	if !f.test {
		return false
	}
	_, tests := r.tests[name]
	return tests || r.any || name == f.dir || (!ours && slices.Contains(anyTest, name))
}

// testOnly reports whether a module has no business outside of test files.
func testOnly(name string) bool {
	return name == "golden" || name != "gjson" && slices.Contains(anyTest, name)
}

// resolve returns the table's name for an import path: the directory of one of
// our packages, or the name of a module.
func resolve(path string) (name string, ours, ok bool) {
	if path == home {
		return ".", true, true
	}
	if dir, ok := strings.CutPrefix(path, home+"/"); ok {
		return dir, true, true
	}
	for name, m := range modules {
		for _, p := range m.paths {
			if path == p || strings.HasPrefix(path, p+"/") {
				return name, false, true
			}
		}
	}
	return "", false, false
}

// standard reports whether path belongs to the standard library: the first
// element of every other import path is a domain.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
