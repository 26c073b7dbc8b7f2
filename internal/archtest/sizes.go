package archtest

import (
	"bytes"
	"go/ast"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	maxFile     = 400 // lines; from 250 on a file is better split by topic
	maxFunc     = 80  // lines from func to its brace; 40 unless it is a flat switch
	maxColumns  = 100
	tabColumns  = 4  // a tab counts as this many, wherever it stands
	besidePiece = 40 // columns that may stand beside what cannot be broken
)

// Sizes finds files above 400 lines, tests like any other, and functions above
// 80 lines outside of tests: what is longer is not read to its end.
func Sizes(t *Tree) []Finding {
	var found []Finding
	for _, f := range t.files {
		if n := bytes.Count(f.text, []byte("\n")); n > maxFile {
			found = append(found, t.at(f.ast.FileStart, "%d lines, at most %d: split it by topic",
				n, maxFile))
		}
		if f.test {
			continue
		}
		ast.Inspect(f.ast, func(node ast.Node) bool {
			switch node.(type) {
			case *ast.FuncDecl, *ast.FuncLit:
			default:
				return true
			}
			first := t.fset.PositionFor(node.Pos(), false).Line
			last := t.fset.PositionFor(node.End(), false).Line
			if n := last - first + 1; n > maxFunc {
				found = append(found, t.at(node.Pos(), "a function of %d lines, at most %d: "+
					"give its steps names", n, maxFunc))
				return false
			}
			return true
		})
	}
	return found
}

// Columns finds lines above 100 columns. Three things cannot be broken and may
// be longer: a compiler directive, and, if they stand almost alone on their
// line, an address and a raw string.
func Columns(t *Tree) []Finding {
	var found []Finding
	for _, f := range t.files {
		raw := rawPieces(t, f)
		for i, line := range strings.Split(string(f.text), "\n") {
			n := columns(line)
			if n <= maxColumns || strings.HasPrefix(line, "//go:") {
				continue
			}
			if n-max(raw[i+1], columns(address.FindString(line))) <= besidePiece {
				continue
			}
			found = append(found, Finding{f.path, i + 1, "a line above 100 columns: break it"})
		}
	}
	return found
}

// address is a URL up to the next space or quote.
var address = regexp.MustCompile("[a-z]+://[^\\s\"`]+")

// rawPieces returns how many columns of each line the longest raw string takes.
func rawPieces(t *Tree, f *file) map[int]int {
	pieces := map[int]int{}
	ast.Inspect(f.ast, func(node ast.Node) bool {
		lit, ok := node.(*ast.BasicLit)
		if !ok || !strings.HasPrefix(lit.Value, "`") {
			return true
		}
		first := t.fset.PositionFor(lit.Pos(), false).Line
		for i, piece := range strings.Split(lit.Value, "\n") {
			pieces[first+i] = max(pieces[first+i], columns(piece))
		}
		return true
	})
	return pieces
}

func columns(line string) int {
	return utf8.RuneCountInString(line) + strings.Count(line, "\t")*(tabColumns-1)
}
