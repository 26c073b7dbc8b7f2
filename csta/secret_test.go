package csta_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func readUserData(t *testing.T, value string) csta.HexText {
	t.Helper()
	var data csta.UserData
	if err := csta.Decode([]byte(`{"string":`+value+`}`), &data); err != nil {
		t.Fatal(err)
	}
	return data.Text
}

// TestUserDataIsPrintableAndStaysWhatItIs: hexBinary by the DMCC schema, plain text
// where a server sends that.
func TestUserDataIsPrintableAndStaysWhatItIs(t *testing.T) {
	for _, row := range []struct {
		sentence, value string
		want            csta.HexText
	}{
		{"hexadecimal digits are text", `"637573746f6d65723d3432"`, "customer=42"},
		{"text of UTF-8 is text", `"c3a4"`, "ä"},
		{"plain text is taken as is", `"customer=42"`, "customer=42"},
		{"digits of a number stay digits", `"0001"`, "0001"},
		{"an odd number of digits is plain text", `"441"`, "441"},
		{"a number is its digits", `7`, "7"},
		{"bytes of control characters show as digits", `"0a0B"`, "0a0B"},
		{"bytes that are no UTF-8 show as digits", `"c328"`, "c328"},
		{"an escaped control character shows as digits", `"a\tb"`, "610962"},
		{"a zero shows as digits", `"\u0000"`, "00"},
		{"DEL shows as digits", "\"\x7f\"", "7f"},
		{"bad UTF-8 is the character for it", "\"\xff!\"", "�!"},
		{"half a surrogate is the character for it", `"\ud800"`, "�"},
		{"nothing is nothing", `null`, ""},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			got := readUserData(t, row.value)
			if got != row.want {
				t.Fatalf("got %q, want %q", got, row.want)
			}
			written, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if again := readUserData(t, string(written)); again != got {
				t.Errorf("%q was written as %s and read as %q", got, written, again)
			}
		})
	}
}

func TestUserDataOfAProgramGoesOutByteForByte(t *testing.T) {
	for _, text := range []csta.HexText{"", "\x00", "a\x7f\n", "\xff\xfe", "0001", "ä\\\""} {
		want := fmt.Sprintf("%q", hex.EncodeToString([]byte(text)))
		if got, err := json.Marshal(text); err != nil || string(got) != want {
			t.Errorf("%q went out as %s (%v), want %s", text, got, err, want)
		}
	}
	// What its reader gets of control characters is their digits.
	if got := readUserData(t, `"01"`); got != "01" {
		t.Errorf("got %q", got)
	}
}
