//go:build amd64 || arm64

package fetch

import "unsafe"

// Memory asks for size bytes, one at least, from an address on.
//
//go:noescape
func Memory(from unsafe.Pointer, size uintptr)
