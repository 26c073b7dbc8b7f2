package scan_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// read takes the whole text as one value and says whether it is JSON.
func read(text string) (string, error) {
	c := scan.New(text)
	value, err := c.Text()
	if err == nil {
		err = c.End()
	}
	return value, err
}

func TestStringsAreReadAsEncodingJSONReadsThem(t *testing.T) {
	for _, text := range []string{
		`""`, `"plain"`, `"\"\\\/\b\f\n\r\t"`, `"\u0041\u00e9\u20ac"`, `"\ud83d\ude00"`,
		`"half \ud83d"`, `"half \ud83d and \n"`, `"\ud83duDE00"`, `"\ud83d\u0041"`,
		`"\ude00\ud83d"`, `"\uD83D\uD83D\uDE00"`, `"ünï"`, `"\u0000"`, `"a\\"`,
	} {
		var want string
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if got, err := read(text); err != nil || got != want {
			t.Errorf("%s: got %q (%v), want %q", text, got, err, want)
		}
	}
}

func TestWhatIsNoJSONIsRefused(t *testing.T) {
	for _, text := range []string{
		``, ` `, `"`, `"\`, `"\x"`, `"\u12"`, `"\u12g4"`, "\"\n\"", `{`, `}`, `{"a"}`, `{"a":}`,
		`{"a":1,}`, `{"a":1 "b":2}`, `[1,]`, `[,1]`, `[1 2]`, `[1`, `{"a":1]`, `01`, `+1`, `1.`,
		`.1`, `1e`, `-`, `1e+`, `nul`, `truth`, `1 2`, `{} {}`, `NaN`, `'a'`,
	} {
		if _, err := read(text); !errors.Is(err, scan.ErrSyntax) {
			t.Errorf("%q: got %v, want ErrSyntax", text, err)
		}
	}
}

func TestNestingIsBounded(t *testing.T) {
	allowed := strings.Repeat("[", scan.MaxDepth) + strings.Repeat("]", scan.MaxDepth)
	if _, err := read(allowed); err != nil {
		t.Errorf("%d levels: %v", scan.MaxDepth, err)
	}
	for _, text := range []string{"[" + allowed + "]", strings.Repeat(`{"a":`, 1<<20)} {
		if _, err := read(text); !errors.Is(err, scan.ErrTooDeep) {
			t.Errorf("%d bytes that are too deep: got %v", len(text), err)
		}
	}
}

func TestACursorLooksAheadAndStays(t *testing.T) {
	c := scan.New(` {"a":[1,{},"x"],"B":"y","b":"z"} `)
	at, ok := c.Find("A")
	if !ok {
		t.Fatal("a was not found")
	}
	if n, err := at.Count(); n != 3 || err != nil {
		t.Errorf("got %d elements (%v), want 3", n, err)
	}
	if last, _ := c.Find("b"); last.Kind() != '"' {
		t.Error("b was not found")
	} else if text, err := last.Text(); text != "z" || err != nil {
		t.Errorf("got %q (%v), want the last of the members called b", text, err)
	}
	if _, ok := c.Find("c"); ok {
		t.Error("c was found")
	}
	raw, err := c.Raw()
	if err != nil || !strings.HasSuffix(raw, `"z"}`) || c.End() != nil {
		t.Errorf("got %q (%v), want all of the object", raw, err)
	}
}

func TestNothingIsNullAndTheEmptyString(t *testing.T) {
	for text, want := range map[string]bool{
		`null`: true, `""`: true, `nul`: false,
		`" "`: false, `{}`: false, `0`: false, `false`: false,
	} {
		if c := scan.New(text); c.Nothing() != want {
			t.Errorf("%s: got %v", text, !want)
		}
	}
}

// FuzzCursor: what is JSON to encoding/json is JSON here and means the same.
func FuzzCursor(f *testing.F) {
	for _, text := range []string{
		`{"a":[1,-2.5e3,true,false,null,"\u00e9\ud83d\ude00"]}`, `"\ud83duDE00"`, `[[[]]]`, `01`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := read(text)
		if errors.Is(err, scan.ErrTooDeep) {
			return
		}
		if valid := json.Valid([]byte(text)); valid != (err == nil) {
			t.Fatalf("%q: got %v, encoding/json says %v", text, err, valid)
		}
		var want string
		if err == nil && json.Unmarshal([]byte(text), &want) == nil && want != "" &&
			got != want && strings.ToValidUTF8(got, "\uFFFD") == got {
			t.Fatalf("%q: got %q, want %q", text, got, want)
		}
	})
}

func TestAStringEndsWhereverItsQuoteStands(t *testing.T) {
	for n := range 20 {
		inner := strings.Repeat("é", n/2) + strings.Repeat("z", n)
		for _, c := range []struct{ text, want string }{
			{`"` + inner + `"`, inner},
			{`"` + inner + `\"` + inner + `"`, inner + `"` + inner},
			{`"` + inner + `\\"`, inner + `\`},
			{`"` + inner + `\u00e9\ud83d\ude00` + inner + `"`, inner + "é😀" + inner},
			{`"` + inner + "\x7f\u0080" + `"`, inner + "\x7f\u0080"},
		} {
			cursor := scan.New(c.text + " ,12345678")
			if got, err := cursor.Quoted(); got != c.want || err != nil {
				t.Errorf("%s: got %q (%v), want %q", c.text, got, err, c.want)
			}
			if cursor.Pos() != len(c.text) {
				t.Errorf("%s: the cursor is at %d, want %d", c.text, cursor.Pos(), len(c.text))
			}
		}
		for _, wrong := range []string{"\n", "\x00", "\x1f", `\x`, `\u12G4`, `\`, ""} {
			cursor := scan.New(`"` + inner + wrong)
			if _, err := cursor.Quoted(); !errors.Is(err, scan.ErrSyntax) {
				t.Errorf("%q: got %v, want a syntax error", inner+wrong, err)
			}
		}
	}
}
