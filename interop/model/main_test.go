package model

import (
	"flag"
	"os"
	"testing"
)

// TestMain plays as many stories as there is time for, unless the command line says
// how many.
func TestMain(m *testing.M) {
	flag.Parse()
	told := make(map[string]bool)
	flag.Visit(func(f *flag.Flag) { told[f.Name] = true })
	stories := "10000"
	if testing.Short() || raceDetector {
		stories = "300"
	}
	// The same stories each time, so that a change is what makes a difference;
	// -rapid.seed tells others.
	for name, value := range map[string]string{"rapid.checks": stories, "rapid.seed": "1"} {
		if told[name] {
			continue
		}
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
