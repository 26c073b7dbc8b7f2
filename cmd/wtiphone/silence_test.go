package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyTheDeviceThatIsMissingIsToldToBe has no sound server to open one on.
func TestOnlyTheDeviceThatIsMissingIsToldToBe(t *testing.T) {
	nowhere := t.TempDir()
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(nowhere, "native"))
	t.Setenv("XDG_RUNTIME_DIR", nowhere)
	file := "wav:" + filepath.Join(nowhere, "heard.wav")
	for _, tt := range []struct {
		name, mic, speaker string
		want               []string
	}{
		{"both", "pulse", "pulse", []string{"no microphone, they", "no speaker, you"}},
		{"the microphone alone", "pulse", file, []string{"no microphone, they hear silence: "}},
		{"the loudspeaker alone", "tone:440", "pulse", []string{"no speaker, you hear nothing: "}},
		{"none", "silence", file, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := audioFlags{mic: tt.mic, speaker: tt.speaker}
			got := a.orSilence()
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i, want := range tt.want {
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("got %q, want %q", got[i], want)
				}
			}
		})
	}
}
