package scan_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// tricky are strings whose escapes, ends and errors fall on every place of a word.
func tricky() []string {
	var list []string
	for n := range 20 {
		inner := strings.Repeat("é", n/2) + strings.Repeat("z", n)
		for _, middle := range []string{
			``, `\"`, `\\`, `\/\b\f\n\r\t`, `\u00e9`, `\u0000`, `\ud83d\ude00`, `\ud83d`, `\ude00`,
			`\ud83d\u0041`, `\ud83d\ud83d\ude00`, `\ud83d\`, `\x`, `\u12G4`, `\u12`, "\n", "\x00",
			"\x1f", "\x7f", "\"",
		} {
			list = append(list, `"`+inner+middle+inner+`"`, `"`+inner+middle)
		}
	}
	return list
}

func TestAppendQuotedReadsAsEncodingJSONDoes(t *testing.T) {
	for _, text := range tricky() {
		appendedAsJSON(t, text)
		appendedAsJSON(t, text+`,"`+text)
	}
}

// appendedAsJSON compares the fast way of reading the string at the beginning of text
// with encoding/json, and with the way that passes it first.
func appendedAsJSON(t *testing.T, text string) {
	t.Helper()
	fast, slow := scan.New(text), scan.New(text)
	got, err := fast.AppendQuoted([]byte("before"))
	want, wrong := slow.Quoted()
	if (err == nil) != (wrong == nil) || errors.Is(err, scan.ErrSyntax) != (err != nil) {
		t.Fatalf("%q: got the error %v, want %v", text, err, wrong)
	}
	if fast.Pos() != slow.Pos() {
		t.Fatalf("%q: the cursor is at %d, want %d", text, fast.Pos(), slow.Pos())
	}
	if err != nil {
		if string(got) != "before" {
			t.Fatalf("%q: %q was appended before the error", text, got)
		}
		return
	}
	if string(got) != "before"+want {
		t.Fatalf("%q: got %q, want %q", text, got, want)
	}
	var reference string
	whole := text[:fast.Pos()]
	if err := json.Unmarshal([]byte(whole), &reference); err != nil {
		t.Fatalf("%q: encoding/json says %v", whole, err)
	}
	if utf8.ValidString(whole) && want != reference {
		t.Fatalf("%q: got %q, want %q", whole, want, reference)
	}
}

// FuzzQuoted: both ways of reading a string agree with encoding/json, and each other.
func FuzzQuoted(f *testing.F) {
	for _, text := range tricky() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.HasPrefix(text, `"`) {
			appendedAsJSON(t, text)
		}
	})
}
