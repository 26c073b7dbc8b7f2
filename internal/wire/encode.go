package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Version is what the header's version says (WTI forum).
const Version = "v2"

// Header is what [Encode] writes in front of a payload.
type Header struct {
	Kind     Kind
	Name     string // the service or the event
	InvokeID int64
	NoID     bool   // leave invokeId out
	Version  string // "" means [Version]

	Token         string // "" leaves it out
	Authorization string // "" leaves it out

	// TextPayload writes the payload as a JSON string that holds the JSON text.
	TextPayload bool
}

// Encode returns the frame: the header first, then the payload, which is any value
// for encoding/json. A nil payload becomes an empty object. It fails only if the
// payload cannot be encoded.
func Encode(h Header, payload any) ([]byte, error) { return Append(nil, h, payload) }

// Append is [Encode] into a buffer that the caller owns.
func Append(dst []byte, h Header, payload any) ([]byte, error) {
	body, err := marshal(payload)
	if err != nil {
		return dst, fmt.Errorf("wire: Encode: %s: %w", h.Name, err)
	}
	if h.TextPayload {
		if body, err = marshal(string(body)); err != nil {
			return dst, fmt.Errorf("wire: Encode: %s: %w", h.Name, err)
		}
	}
	dst = h.append(append(dst, `{"header":`...))
	dst = append(append(dst, `,"payload":`...), body...)
	return append(dst, '}'), nil
}

// append writes the header with its members in the order of the forum's sample.
func (h Header) append(dst []byte) []byte {
	dst = append(dst, '{')
	if !h.NoID {
		dst = append(strconv.AppendInt(append(dst, `"invokeId":`...), h.InvokeID, 10), ',')
	}
	version := h.Version
	if version == "" {
		version = Version
	}
	dst = append(appendString(dst, string(h.Kind)), ':')
	dst = appendString(dst, h.Name)
	dst = appendString(append(dst, `,"headerType":`...), string(h.Kind))
	dst = appendString(append(dst, `,"version":`...), version)
	if h.Token != "" {
		dst = appendString(append(dst, `,"token":`...), h.Token)
	}
	if h.Authorization != "" {
		dst = appendString(append(dst, `,"Authorization":`...), h.Authorization)
	}
	return append(dst, '}')
}

// marshal is json.Marshal without the escapes that are meant for HTML.
func marshal(v any) ([]byte, error) {
	if v == nil {
		return []byte("{}"), nil
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// appendString appends s as a JSON string.
func appendString(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := marshal(s) // a string always encodes
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}
