package wire

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// readPayload takes the payload's JSON text from the end of data, or from text if it
// came as a string.
func (f *Frame) readPayload(payload scan.Cursor, text, data []byte) {
	switch payload.Kind() {
	case 0, 'n': // absent, or null
	case '"':
		f.readText(bytes.TrimSpace(text))
	default:
		f.Payload = tight(data[payload.Pos():], cap(data))
	}
}

func (f *Frame) readText(text []byte) {
	f.WasString = true
	if len(text) == 0 || string(text) == "null" {
		return
	}
	f.Payload = tight(text, cap(text))
	f.IsText = text[0] != '{' && text[0] != '['
}

// Settle finds out whether a payload that came as a string and begins as JSON is JSON. The
// error wraps [ErrTooDeep].
func (f *Frame) Settle() error {
	if !f.WasString || f.IsText || len(f.Payload) == 0 {
		return nil
	}
	c := scan.New(f.Payload)
	err := c.Skip()
	if errors.Is(err, scan.ErrTooDeep) {
		return fmt.Errorf("%w in the payload's string", wrong(err))
	}
	f.IsText = err != nil || c.End() != nil
	return nil
}

// tight is a payload that lies in so much memory, or a copy of it if most of a long frame
// is something else: whoever keeps payloads bounds their length and must not keep more.
func tight(payload []byte, memory int) []byte {
	const short = 4 << 10
	if memory > short && len(payload) < memory/2 {
		return bytes.Clone(payload)
	}
	return payload[:len(payload):len(payload)]
}
