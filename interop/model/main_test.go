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
	told := false
	flag.Visit(func(f *flag.Flag) { told = told || f.Name == "rapid.checks" })
	stories := "10000"
	if testing.Short() || raceDetector {
		stories = "300"
	}
	if !told {
		if err := flag.Set("rapid.checks", stories); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
