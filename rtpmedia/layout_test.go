package rtpmedia

import (
	"testing"
	"unsafe"
)

// Who makes a session longer should know what that costs a thousand of them: what is needed
// now and then belongs behind what each frame needs (layout.go).
func TestWhatAPacketAndAFrameNeedOfASessionIsLittle(t *testing.T) {
	const line = 64
	for name, c := range map[string]struct{ size, most uintptr }{
		"a packet":   {packetSize + packetInEnd, 8 * line},
		"a frame":    {frameSize + frameInEnd - frameIn, 13 * line},
		"the buffer": {unsafe.Sizeof(layout.in.buffer), 13 * line},
	} {
		if c.size > c.most {
			t.Errorf("%s: %d bytes, want at most %d", name, c.size, c.most)
		}
	}
}
