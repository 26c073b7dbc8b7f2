package main

import (
	"runtime"
	"testing"
)

func TestATerminalThatCannotPlaceACursorGetsPlainLines(t *testing.T) {
	for _, tt := range []struct {
		kind  string
		plain bool
	}{
		{"dumb", true}, {"", runtime.GOOS != "windows"}, {"xterm-256color", false},
	} {
		t.Setenv("TERM", tt.kind)
		var s screenFlags
		if err := s.check(); exitCode(t.Context(), err) != exitUsage {
			t.Errorf("TERM=%s without a terminal: %v", tt.kind, err)
		}
		if s.plain != tt.plain {
			t.Errorf("TERM=%s: plain is %v", tt.kind, s.plain)
		}
	}
}
