package uring

import "unsafe"

// What the kernel and a program share, by linux/io_uring.h. All of it is the kernel's
// ABI, the same on each architecture.

// parameters is struct io_uring_params.
type parameters struct {
	submissions, completions uint32
	flags                    uint32
	threadCPU, threadIdle    uint32
	features                 uint32
	workers                  uint32
	_                        [3]uint32
	submission               submissionOffsets
	completion               completionOffsets
}

// submissionOffsets is struct io_sqring_offsets.
type submissionOffsets struct {
	head, tail, mask, entries, flags, dropped, array, _ uint32
	_                                                   uint64
}

// completionOffsets is struct io_cqring_offsets.
type completionOffsets struct {
	head, tail, mask, entries, overflow, entry, flags, _ uint32
	_                                                    uint64
}

// submission is struct io_uring_sqe as IORING_OP_SEND has it.
type submission struct {
	operation uint8
	_         [3]uint8
	fd        int32
	to        uint64 // where the address is
	data      uint64 // where the datagram is
	length    uint32
	sendFlags uint32
	id        uint64
	_         [2]uint16
	toLength  uint16
	_         uint16
	_         [2]uint64
}

// completion is struct io_uring_cqe.
type completion struct {
	id     uint64
	result int32 // bytes, or an error below zero
	_      uint32
}

const (
	sizeofSubmission = unsafe.Sizeof(submission{})
	sizeofCompletion = unsafe.Sizeof(completion{})

	// Offsets of what is mapped.
	offsetRings   = 0          // IORING_OFF_SQ_RING
	offsetEntries = 0x10000000 // IORING_OFF_SQES

	featureSingleMap = 1 << 0 // IORING_FEAT_SINGLE_MMAP: both rings are mapped at once
	enterGetEvents   = 1 << 0 // IORING_ENTER_GETEVENTS
	operationSend    = 26     // IORING_OP_SEND
)

// at is the T that a mapped piece of memory has at an offset.
func at[T any](memory []byte, offset uintptr) *T {
	_ = memory[offset : offset+unsafe.Sizeof(*new(T))] // it is inside
	return (*T)(unsafe.Pointer(&memory[offset]))
}

// address is where a piece of mapped memory is, as the kernel wants it. It does not move.
func address(memory []byte) uint64 {
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(memory))))
}
