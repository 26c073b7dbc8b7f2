package archtest

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestHouse holds this repository to every rule.
func TestHouse(t *testing.T) {
	root := os.DirFS("../..")
	if _, err := fs.Stat(root, "go.mod"); err != nil {
		t.Fatalf("the tree under test is not the module's: %v", err)
	}
	tree, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"csta", "internal/archtest"} {
		if len(tree.packages()[dir]) == 0 {
			t.Errorf("the walk did not reach %s", dir)
		}
	}
	for _, check := range Checks {
		t.Run(check.Name, func(t *testing.T) {
			for _, f := range check.Find(tree) {
				t.Error(f)
			}
		})
	}
}

func TestLoadReadsWhatTheGoCommandBuilds(t *testing.T) {
	source := &fstest.MapFile{Data: []byte("package p\n")}
	tree, err := Load(fstest.MapFS{
		"p/read.go":               source,
		"p/read_test.go":          source,
		"p/read_windows.go":       source,
		"p/notes.txt":             source,
		"p/_aside.go":             source,
		"p/.hidden.go":            source,
		"p/testdata/broken.go":    {Data: []byte("not Go")},
		"vendor/v/v.go":           source,
		"node_modules/n/n.go":     source,
		".git/g.go":               source,
		"_attic/a.go":             source,
		"nested/go.mod":           {Data: []byte("module nested\n")},
		"nested/n.go":             source,
		"go.mod":                  {Data: []byte("module p\n")},
		"root.go":                 source,
		"deep/deeper/deepest.go":  source,
		"deep/deeper/testdata.go": source,
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range tree.files {
		got = append(got, f.path)
	}
	want := []string{
		"deep/deeper/deepest.go", "deep/deeper/testdata.go",
		"p/read.go", "p/read_test.go", "p/read_windows.go", "root.go",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files read (-want +got):\n%s", diff)
	}
}

func TestLoadSaysWhichFileDoesNotParse(t *testing.T) {
	_, err := Load(fstest.MapFS{"p/p.go": {Data: []byte("package 7\n")}})
	if want := "archtest: Load: p/p.go:1:"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want an error that begins with %q", err, want)
	}
	if _, err := Load(os.DirFS("no/such/directory")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want %v", err, fs.ErrNotExist)
	}
}

func TestFindingReadsLikeACompilersMessage(t *testing.T) {
	for _, c := range []struct {
		finding Finding
		want    string
	}{
		{Finding{"p/p.go", 3, "too long"}, "p/p.go:3: too long"},
		{Finding{"p", 0, "no doc.go"}, "p: no doc.go"},
	} {
		if got := c.finding.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
