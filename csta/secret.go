package csta

import (
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"unicode/utf8"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// Secret is a password or security code. It goes to the wire as it is and shows
// itself nowhere else: not with %v, not with %+v, not in a log.
type Secret string

const concealed = "[secret]"

// String hides the secret.
func (Secret) String() string { return concealed }

// GoString hides the secret from %#v.
func (Secret) GoString() string { return concealed }

// LogValue hides the secret from log/slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(concealed) }

// HexText is text that travels as hexBinary: user data, agent passwords (DMCC
// schema). A server that sends it as plain text is understood too: what is not an
// even number of hexadecimal digits that decode to printable text is taken as is.
//
// What is read is always printable text, so that it reads the same once more after it
// was written: bytes that are no text, and text with control characters, show as their
// hexadecimal digits. What a program sets goes out byte for byte, so that a reader of
// "\x01" gets the digits "01"; hex.DecodeString has the bytes again, and only whoever
// sent them can say whether they are meant.
type HexText string

// MarshalJSON writes the bytes of the text as hexadecimal digits.
func (t HexText) MarshalJSON() ([]byte, error) {
	return json.Marshal(hex.EncodeToString([]byte(t)))
}

func (t *HexText) decodeJSON(c *scan.Cursor) error {
	text, err := c.Text()
	var few [128]byte // user data is 96 bytes at most
	raw, notHex := hex.AppendDecode(few[:0], []byte(text))
	switch {
	case notHex == nil && printable(raw):
		*t = HexText(raw)
	case printable([]byte(text)):
		*t = HexText(text)
	default:
		*t = HexText(hex.EncodeToString([]byte(text)))
	}
	return err
}

func printable(raw []byte) bool {
	for _, r := range string(raw) {
		if r < ' ' || r == 0x7f {
			return false
		}
	}
	return utf8.Valid(raw)
}

// HexSecret is a [Secret] that travels as hexBinary (agent passwords).
type HexSecret string

// String hides the secret.
func (HexSecret) String() string { return concealed }

// GoString hides the secret from %#v.
func (HexSecret) GoString() string { return concealed }

// LogValue hides the secret from log/slog.
func (HexSecret) LogValue() slog.Value { return slog.StringValue(concealed) }

// MarshalJSON writes the bytes of the secret as hexadecimal digits.
func (s HexSecret) MarshalJSON() ([]byte, error) { return HexText(s).MarshalJSON() }

func (s *HexSecret) decodeJSON(c *scan.Cursor) error {
	var t HexText
	err := t.decodeJSON(c)
	*s = HexSecret(t)
	return err
}
