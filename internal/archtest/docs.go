package archtest

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Docs finds packages without a doc.go whose comment opens as godoc expects
// and says what the package does not do.
func Docs(t *Tree) []Finding {
	var found []Finding
	for dir, files := range t.packages() {
		want := path.Join(dir, "doc.go")
		i := slices.IndexFunc(files, func(f *file) bool { return f.path == want })
		if i < 0 {
			found = append(found, Finding{Path: dir, Text: "the package has no doc.go: say what " +
				"it is, how to start and what it does not do"})
			continue
		}
		doc, name := files[i].ast.Doc.Text(), files[i].ast.Name.Name
		opening := "Package " + name + " "
		if name == "main" {
			opening = "Command " + path.Base(dir) + " "
		}
		switch {
		case !strings.HasPrefix(doc, opening):
			found = append(found, t.at(files[i].ast.Package,
				"the package comment does not begin with %q", opening))
		case !refusal.MatchString(doc):
			found = append(found, t.at(files[i].ast.Package,
				"the package comment does not say what the package does not do"))
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.Path, b.Path) })
	return found
}

var refusal = regexp.MustCompile(`(?i)\b(not|no|never|nothing|neither|none)\b`)
