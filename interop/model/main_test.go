package model

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// The same stories each time, so that a change is what makes a difference; other seeds
// tell others.
const (
	seeds       = 5
	stories     = 10_000 // of all seeds together; -short tells a fifth
	racyStories = 1500   // the same with the race detector
)

// fromCommandLine are the flags that were given there.
var fromCommandLine = map[string]bool{}

func TestMain(m *testing.M) {
	flag.Parse()
	flag.Visit(func(f *flag.Flag) { fromCommandLine[f.Name] = true })
	os.Exit(m.Run())
}

// play tells stories from several seeds: as many as there is time for, unless the
// command line says how many, or which seed.
func play(t *testing.T, story func(*rapid.T)) {
	t.Helper()
	each := stories / seeds
	if raceDetector {
		each = racyStories / seeds
	}
	told := 0
	for seed := 1; seed <= seeds; seed++ {
		t.Run("seed "+strconv.Itoa(seed), func(t *testing.T) {
			for name, value := range map[string]int{"rapid.checks": each, "rapid.seed": seed} {
				if fromCommandLine[name] {
					continue
				}
				if err := flag.Set(name, strconv.Itoa(value)); err != nil {
					t.Fatal(err)
				}
			}
			rapid.Check(t, func(t *rapid.T) {
				story(t)
				told++
			})
		})
		if fromCommandLine["rapid.seed"] {
			break
		}
	}
	t.Logf("stories told: %d", told)
}
