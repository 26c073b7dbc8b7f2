//go:build !amd64 && !arm64

package fetch

import "unsafe"

// Memory does nothing here.
func Memory(unsafe.Pointer, uintptr) {}
