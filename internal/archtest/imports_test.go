package archtest

import (
	"slices"
	"strings"
	"testing"
)

// importing returns a file of package p whose imports stand on line 2 and on.
func importing(paths ...string) string {
	var b strings.Builder
	b.WriteString("package p\n")
	for _, path := range paths {
		b.WriteString("import _ \"" + path + "\"\n")
	}
	return b.String()
}

var importBreaches = []breach{
	{
		"a package imports the standard library and what its row lists",
		map[string]string{
			"wti/a.go":      importing("net/http", home+"/csta", home+"/internal/wire"),
			"csta/a.go":     importing("encoding/json", home+"/internal/scan"),
			"rtpmedia/a.go": importing("golang.org/x/sys/unix", "github.com/pion/srtp/v3"),
		},
		nil,
	},
	{
		"a package without a row is told so once",
		map[string]string{
			"util/a.go": importing("strings", home+"/wti"), "util/b.go": importing("bytes"),
		},
		[]finding{{"util", 0, "add a row"}},
	},
	{
		"neither end of the protocol knows the other, and the refusal says why",
		map[string]string{
			"mockaes/a.go": importing(home+"/csta", home+"/wti"),
			"wti/a.go":     importing(home + "/mockaes"),
		},
		[]finding{
			{"mockaes/a.go", 3, "mockaes never imports wti: " + apart},
			{"wti/a.go", 2, "wti never imports mockaes: " + apart},
		},
	},
	{
		"the client's tests talk to the mock, the mock's tests never to the client",
		map[string]string{
			"mockaes/a_test.go": importing(home + "/wti"),
			"wti/a_test.go":     importing(home+"/mockaes", home+"/wti"),
		},
		[]finding{{"mockaes/a_test.go", 2, "never imports wti"}},
	},
	{
		"scenario meets the mock in its tests alone",
		map[string]string{
			"scenario/a.go":      importing(home + "/mockaes"),
			"scenario/a_test.go": importing(home + "/mockaes"),
		},
		[]finding{{"scenario/a.go", 2, "the real one included"}},
	},
	{
		"what is neither listed nor refused is sent to the row",
		map[string]string{"calls/a.go": importing("github.com/tidwall/gjson")},
		[]finding{{"calls/a.go", 2, "not in the row of calls"}},
	},
	{
		"an unknown module is refused everywhere, in cmd and in tests too",
		map[string]string{
			"cmd/wtiphone/a.go": importing(home+"/tui", home+"/mockaes", "example.org/shiny"),
			"csta/a_test.go":    importing("github.com/stretchr/testify/assert"),
		},
		[]finding{
			{"cmd/wtiphone/a.go", 4, "not in internal/archtest/modules.go"},
			{"csta/a_test.go", 2, "not in internal/archtest/modules.go"},
		},
	},
	{
		"a module's name is not the beginning of another's",
		map[string]string{"csta/a.go": importing("github.com/tidwall/gjsonfork")},
		[]finding{{"csta/a.go", 2, "gjsonfork"}},
	},
	{
		"what serves tests stays in tests",
		map[string]string{
			"cmd/wtiphone/a.go": importing("github.com/google/go-cmp/cmp"),
			"csta/a.go":         importing("pgregory.net/rapid"),
			"csta/a_test.go":    importing("pgregory.net/rapid", "github.com/google/go-cmp/cmp"),
		},
		[]finding{{"cmd/wtiphone/a.go", 2, "cmp"}, {"csta/a.go", 2, "rapid"}},
	},
	{
		"golang.org/x is open to those whose rows say so",
		map[string]string{"mockaes/a.go": importing("golang.org/x/sys/unix")},
		[]finding{{"mockaes/a.go", 2, "x/sys"}},
	},
	{
		"nothing uses cgo",
		map[string]string{"rtpmedia/a.go": importing("C")},
		[]finding{{"rtpmedia/a.go", 2, "CGO_ENABLED=0"}},
	},
	{
		"one file of a package imports the WebSocket library, tests aside",
		map[string]string{
			"wti/a.go":      importing("github.com/coder/websocket"),
			"wti/b.go":      importing("github.com/coder/websocket"),
			"wti/c_test.go": importing("github.com/coder/websocket"),
		},
		[]finding{{"wti/b.go", 2, "so does wti/a.go"}},
	},
	{
		"a package may use its parts, and its parts follow its rules",
		map[string]string{
			"rtpmedia/a.go":                 importing(home + "/rtpmedia/internal/jitter"),
			"rtpmedia/internal/jitter/a.go": importing(home + "/wti"),
			"tui/a.go":                      importing(home + "/rtpmedia/internal/jitter"),
		},
		[]finding{
			{"rtpmedia/internal/jitter/a.go", 2, "without any signalling"},
			{"tui/a.go", 2, "not in the row of tui"},
		},
	},
	{
		"a build constraint hides no import",
		map[string]string{"tui/a.go": "//go:build windows\n\n" + importing(home+"/wti")},
		[]finding{{"tui/a.go", 4, still}},
	},
}

// TestTableIsWhole keeps the rows honest: every name means something, and every
// permission and refusal has its reason.
func TestTableIsWhole(t *testing.T) {
	for dir, r := range table {
		for _, why := range []reasons{r.uses, r.tests, r.never} {
			for name, reason := range why {
				_, ours := table[name]
				_, listed := modules[name]
				if !ours && !listed {
					t.Errorf("%s: %s is neither a package nor a module", dir, name)
				}
				if reason == "" {
					t.Errorf("%s: %s has no reason", dir, name)
				}
			}
		}
		for name := range r.never {
			if _, both := r.uses[name]; both {
				t.Errorf("%s: %s is allowed and refused", dir, name)
			}
		}
	}
	for name, m := range modules {
		if m.why == "" || len(m.paths) == 0 {
			t.Errorf("module %s has no reason or no path", name)
		}
		if slices.ContainsFunc(m.paths, standard) {
			t.Errorf("module %s covers a part of the standard library", name)
		}
	}
}
