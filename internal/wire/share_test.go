package wire_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/internal/wire"
)

func TestAFrameKeepsLittleMoreMemoryThanItsPayload(t *testing.T) {
	const frames, size = 64, 1 << 20
	header := `{"header":{"headerType":"event","event":"X"},`
	junk := `"junk":"` + strings.Repeat("x", size) + `"`
	rows := []struct{ what, frame string }{
		{"an object behind junk", header + junk + `,"payload":{"a":1}}`},
		{"an object before junk", header + `"payload":{"a":1},` + junk + `}`},
		{"a string behind junk", header + junk + `,"payload":"{\"a\":1}"}`},
		{"a string before junk", header + `"payload":"{\"a\":1}",` + junk + `}`},
		{"a string repeated before junk", header + `"payload":"","payload":"{}",` + junk + `}`},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			kept := make([]wire.Frame, frames)
			before := inUse()
			for i := range kept {
				var err error
				if kept[i], err = wire.Parse([]byte(row.frame)); err != nil {
					t.Fatal(err)
				}
			}
			if more := inUse() - before; more > size {
				t.Errorf("%d frames keep %d bytes, want less than one frame has", frames, more)
			}
			runtime.KeepAlive(kept)
		})
	}
}

// inUse is the bytes on the heap that somebody needs.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
