package fetch_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
)

// Whatever is asked for, at whatever address, nothing changes and nothing fails.
func TestMemoryIsAsItWas(t *testing.T) {
	data := make([]byte, 4096)
	for i := range data {
		data[i] = byte(rand.Uint32())
	}
	before := slices.Clone(data)
	for from := range 130 {
		for _, size := range []int{1, 63, 64, 65, 1000, len(data) - from} {
			fetch.Memory(unsafe.Pointer(&data[from]), uintptr(size))
		}
	}
	fetch.Memory(nil, 64)
	if !slices.Equal(data, before) {
		t.Error("memory was changed")
	}
}
