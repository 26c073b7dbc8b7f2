package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// Kind says what a frame is: the value of headerType.
type Kind string

// The kinds. Request is in the WTI forum's sample; the others are inferred.
const (
	Request   Kind = "request"
	Response  Kind = "response"
	Event     Kind = "event"
	Error     Kind = "error"
	Exception Kind = "exception"
)

// MaxDepth is how deep objects and arrays may nest. DMCC's own messages stay
// below 16; the bound keeps a hostile frame from costing a deep recursion.
const MaxDepth = scan.MaxDepth

// What can be wrong with a frame. The errors of [Parse] wrap one of these.
var (
	ErrTooDeep  = errors.New("wire: nested too deep")
	ErrNotJSON  = errors.New("wire: not a JSON object")
	ErrNoHeader = errors.New("wire: no header object")
	ErrNoName   = errors.New("wire: header without a name")
)

// Frame is one message as it arrived.
type Frame struct {
	Kind     Kind
	Name     string // header[headerType]: the service or the event
	InvokeID int64  // valid if HasID
	HasID    bool
	Version  string

	Token         string // header.token, if any
	Authorization string // header.Authorization, if any

	// HeaderFirst tells whether the header was the first member, which current
	// releases of AES insist on (WTI forum).
	HeaderFirst bool

	// Payload is the JSON text of the payload; nil for none, null and "". It may
	// share memory with the data that was parsed.
	Payload []byte
	// WasString tells that the payload came as a JSON string; it is unquoted here.
	WasString bool
	// IsText tells that the payload is that string's text and not JSON.
	IsText bool
}

// Parse reads one frame. The caller bounds the size of data and must not change
// it while the frame is in use.
//
// Member names count in any case, members in any order; of duplicates the last
// one counts. A payload that is a string holding a JSON object or array is
// unquoted, as the forum shows for the answer to StartApplicationSession.
func Parse(data []byte) (Frame, error) {
	f, err := Open(data)
	if err == nil {
		err = f.Settle()
	}
	if err != nil {
		return Frame{}, err
	}
	return f, nil
}

// Open is [Parse] for those who decode the payload next: it takes a string that begins as
// an object or array for one. If the payload cannot be decoded, or is not, [Frame.Settle]
// has to follow.
func Open(data []byte) (Frame, error) {
	c := scan.New(data)
	if c.Kind() != '{' {
		return Frame{}, notObject(c)
	}
	f := Frame{}
	var header, payload scan.Cursor
	var text []byte // of a payload that is a string
	first, end := true, 0
	err := c.Members(func(name []byte) (err error) {
		switch {
		case fold(name, "header"):
			header = c
			f.HeaderFirst = f.HeaderFirst || first
		case fold(name, "payload"):
			payload, first = c, false
			if c.Kind() == '"' {
				text, err = c.AppendQuoted(text[:0])
				return err
			}
			err = c.Skip()
			end = c.Pos()
			return err
		}
		first = false
		return c.Skip()
	})
	if err == nil {
		err = c.End()
	}
	if err != nil {
		return Frame{}, wrong(err)
	}
	if header.Kind() != '{' {
		return Frame{}, fmt.Errorf("%w: it is %s", ErrNoHeader, describe(header))
	}
	if err := f.readHeader(header); err != nil {
		return Frame{}, err
	}
	f.readPayload(payload, text, data[:end])
	return f, nil
}

// notObject says what else the text at c is.
func notObject(c scan.Cursor) error {
	whole := c
	if err := whole.Skip(); err != nil {
		return wrong(err)
	}
	return fmt.Errorf("%w: it is %s", ErrNotJSON, describe(c))
}

// wrong makes an error of this package of one that walking through the text gave.
func wrong(err error) error {
	if errors.Is(err, scan.ErrTooDeep) {
		return fmt.Errorf("%w: more than %d levels", ErrTooDeep, MaxDepth)
	}
	return fmt.Errorf("%w: %w", ErrNotJSON, err)
}

func describe(c scan.Cursor) string {
	switch c.Kind() {
	case 0:
		return "absent"
	case '[':
		return "an array"
	case '{':
		return "an object"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// fold compares the name of a member in any case.
func fold(a []byte, b string) bool {
	return len(a) == len(b) && (string(a) == b || strings.EqualFold(string(a), b))
}
