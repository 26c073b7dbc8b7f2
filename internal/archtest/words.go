package archtest

import (
	"go/ast"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Words finds marks of unfinished work. What is left out belongs into an issue,
// where it is read. The pattern does not match its own source.
func Words(t *Tree) []Finding {
	var found []Finding
	for _, f := range t.files {
		for i, line := range strings.Split(string(f.text), "\n") {
			if word := unfinished.FindString(line); word != "" {
				found = append(found, Finding{
					f.path, i + 1,
					word + ": finish it, or leave it out and open an issue",
				})
			}
		}
	}
	return found
}

var unfinished = regexp.MustCompile(`\b(TO[D]O|FI[X]ME|X[X]X|HA[C]K)\b`)

// TLS finds code outside of tests that turns off the verification of
// certificates. Users give the CA of their AES with --ca instead. A WebSocket
// server, whose option for origins has the same name, lists OriginPatterns.
func TLS(t *Tree) []Finding {
	const field = "InsecureSkipVerify"
	var found []Finding
	look := func(name, value ast.Expr) {
		if sel, ok := name.(*ast.SelectorExpr); ok {
			name = sel.Sel
		}
		id, ok := name.(*ast.Ident)
		if !ok || id.Name != field {
			return
		}
		if v, ok := value.(*ast.Ident); !ok || v.Name != "false" {
			found = append(found, t.at(id.Pos(), "sets %s: take the server's CA (--ca), or list "+
				"OriginPatterns", field))
		}
	}
	for _, f := range t.files {
		if f.test {
			continue
		}
		ast.Inspect(f.ast, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.KeyValueExpr:
				look(n.Key, n.Value)
			case *ast.AssignStmt:
				for i := range n.Lhs {
					look(n.Lhs[i], n.Rhs[min(i, len(n.Rhs)-1)])
				}
			}
			return true
		})
	}
	return found
}

// Sleeps finds test files that call time.Sleep and do not import
// testing/synctest: on the real clock a sleep is slow on every machine and too
// short on a busy one.
func Sleeps(t *Tree) []Finding {
	var found []Finding
	for _, f := range t.files {
		clock := f.imported("time")
		if !f.test || clock == "" || f.imported("testing/synctest") != "" {
			continue
		}
		ast.Inspect(f.ast, func(node ast.Node) bool {
			sel, ok := node.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Sleep" {
				return true
			}
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == clock {
				found = append(found, t.at(node.Pos(), "time.Sleep on the real clock: "+
					"wait for what should happen, or use testing/synctest"))
			}
			return true
		})
	}
	return found
}

// imported returns the name by which the file knows the package at an import path,
// or "" if it does not import it.
func (f *file) imported(pkg string) string {
	for _, spec := range f.ast.Imports {
		switch p, err := strconv.Unquote(spec.Path.Value); {
		case err != nil || p != pkg:
		case spec.Name != nil:
			return spec.Name.Name
		default:
			return path.Base(pkg)
		}
	}
	return ""
}
