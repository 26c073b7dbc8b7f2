package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
)

// spare refuses to write over a file that is there and is of another kind than what is to
// be written: that would be a slip of the hand. What is no regular file, such as a device,
// holds nothing that could be lost.
func spare(path, kind string, is func(head []byte) bool) error {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil // whoever opens it tells what is wrong with it
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s is there and cannot be looked into: %w", path, err)
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, headSize)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return err
	}
	if is(head[:n]) {
		return nil
	}
	return fmt.Errorf("%s is there and is no %s: it is not overwritten; choose another name, "+
		"or remove it", path, kind)
}

// headSize is how much of a file tells its kind.
const headSize = 12

func isWAV(head []byte) bool {
	return bytes.HasPrefix(head, []byte("RIFF")) && bytes.HasSuffix(head, []byte("WAVE"))
}

func isPNG(head []byte) bool { return bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")) }

func isPEM(head []byte) bool { return bytes.HasPrefix(head, []byte("-----BEGIN ")) }

// isCapture knows the magic numbers of pcap, of micro- and nanoseconds in either order of
// bytes (draft-ietf-opsawg-pcap, section 4).
func isCapture(head []byte) bool {
	return slices.ContainsFunc([]string{
		"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1", "\xa1\xb2\x3c\x4d", "\x4d\x3c\xb2\xa1",
	}, func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) })
}
