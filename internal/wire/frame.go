package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
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
const MaxDepth = 64

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
	if err := check(data); err != nil {
		return Frame{}, err
	}
	doc := gjson.ParseBytes(data)
	if !doc.IsObject() {
		return Frame{}, fmt.Errorf("%w: it is %s", ErrNotJSON, describe(doc))
	}
	f := Frame{}
	var header, payload gjson.Result
	first := true
	doc.ForEach(func(key, value gjson.Result) bool {
		switch {
		case fold(key.Str, "header"):
			header = value
			f.HeaderFirst = f.HeaderFirst || first
		case fold(key.Str, "payload"):
			payload = value
		}
		first = false
		return true
	})
	if !header.IsObject() {
		return Frame{}, fmt.Errorf("%w: it is %s", ErrNoHeader, describe(header))
	}
	if err := f.readHeader(header); err != nil {
		return Frame{}, err
	}
	if err := f.readPayload(payload, data); err != nil {
		return Frame{}, err
	}
	return f, nil
}

// check bounds data before anything recursive sees it.
func check(data []byte) error {
	if tooDeep(data) {
		return fmt.Errorf("%w: more than %d levels", ErrTooDeep, MaxDepth)
	}
	if !gjson.ValidBytes(data) {
		return fmt.Errorf("%w: syntax error in %d bytes", ErrNotJSON, len(data))
	}
	return nil
}

// tooDeep counts brackets outside of strings in one pass.
func tooDeep(data []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++ // whatever it escapes is not the closing quote
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > MaxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

func describe(r gjson.Result) string {
	switch {
	case !r.Exists():
		return "absent"
	case r.IsArray():
		return "an array"
	case r.IsObject():
		return "an object"
	case r.IsBool():
		return "a boolean"
	}
	return "a " + strings.ToLower(r.Type.String())
}

func fold(a, b string) bool { return len(a) == len(b) && (a == b || strings.EqualFold(a, b)) }
