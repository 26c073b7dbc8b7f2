//go:build race

package model

// raceDetector says that everything takes ten times as long: a story is played in
// one goroutine, so that fewer of them show as much.
const raceDetector = true
