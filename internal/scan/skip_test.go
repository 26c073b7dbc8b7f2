package scan_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// walk passes a value as a decoder does, level by level.
func walk(c *scan.Cursor) error {
	switch c.Kind() {
	case '{':
		return c.Members(func([]byte) error { return walk(c) })
	case '[':
		return c.Elements(func() error { return walk(c) })
	case '"':
		_, err := c.Quoted()
		return err
	}
	return c.Skip()
}

// FuzzSkip: a value is skipped in one loop as it is walked through level by level, to the
// same end or the same error.
func FuzzSkip(f *testing.F) {
	for _, text := range []string{
		`{"a":{"b":[{},[],{"c":[1,[2,{"d":"\""}]]}]}} rest`, `[{"a":[]},{"b":{}}]`, ` [ 1 , { } ] `,
		`{"a":[1}`, `[{"a":1]`, `{"a":1,}`, `[1,]`, `{,}`, `[}`, `{]`, `{"a"}`, `{"a":}`, `{1:2}`,
		`[[[[`, `{"a":{"b":{`, `[1 2]`, `{"a":1 "b":2}`, `[]]`, `{}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole, levels := scan.New(text), scan.New(text)
		got, want := whole.Skip(), walk(&levels)
		if (got == nil) != (want == nil) || got != nil && got.Error() != want.Error() {
			t.Fatalf("%q: got the error %v, want %v", text, got, want)
		}
		if whole.Pos() != levels.Pos() {
			t.Fatalf("%q: the cursor is at %d, want %d", text, whole.Pos(), levels.Pos())
		}
	})
}
