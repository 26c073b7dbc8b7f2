package archtest

import (
	"strings"
	"testing"
	"testing/fstest"
)

// breach is a small tree, and what one check has to say about it.
type breach struct {
	name string
	tree map[string]string // path to text
	want []finding
}

// finding is what a test expects of a Finding: its place, and a part of its text.
type finding struct {
	path string
	line int
	says string
}

// TestChecksCatch shows each check a tree that breaks its rule: a check that
// finds nothing in this repository must be one that can find something.
func TestChecksCatch(t *testing.T) {
	breaches := map[string][]breach{
		"imports": importBreaches,
		"sizes":   sizeBreaches,
		"columns": columnBreaches,
		"docs":    docBreaches,
		"words":   wordBreaches,
		"tls":     tlsBreaches,
		"sleeps":  sleepBreaches,
	}
	for _, check := range Checks {
		caught := 0
		for _, b := range breaches[check.Name] {
			caught += len(b.want)
			t.Run(check.Name+"/"+b.name, func(t *testing.T) {
				b.expect(t, check.Find)
			})
		}
		if caught == 0 {
			t.Errorf("no tree shows that %s catches anything", check.Name)
		}
	}
}

func (b breach) expect(t *testing.T, find func(*Tree) []Finding) {
	t.Helper()
	files := fstest.MapFS{}
	for path, text := range b.tree {
		files[path] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	got := find(tree)
	for i, f := range got {
		if i >= len(b.want) {
			t.Errorf("unexpected: %s", f)
			continue
		}
		w := b.want[i]
		if f.Path != w.path || f.Line != w.line || !strings.Contains(f.Text, w.says) {
			t.Errorf("got %s, want %s:%d: ...%s...", f, w.path, w.line, w.says)
		}
	}
	for _, w := range b.want[min(len(got), len(b.want)):] {
		t.Errorf("not caught: %s:%d: %s", w.path, w.line, w.says)
	}
}
