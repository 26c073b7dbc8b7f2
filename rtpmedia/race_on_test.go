//go:build race

package rtpmedia_test

const raceEnabled = true
