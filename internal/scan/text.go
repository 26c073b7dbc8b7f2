package scan

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Quoted reads a string.
func (c *Cursor) Quoted() (string, error) {
	inner, escaped, err := c.string()
	if err != nil || !escaped {
		return inner, err
	}
	return unescape(inner), nil
}

// string passes a string and checks it; what it returns may have escapes.
func (c *Cursor) string() (inner string, escaped bool, err error) {
	if !c.take('"') {
		return "", false, c.syntax()
	}
	text, start := c.text, c.pos
	for i := start; i < len(text); i++ {
		switch b := text[i]; {
		case b == '"':
			c.pos = i + 1
			return text[start:i], escaped, nil
		case b == '\\' && escape(text[i+1:]) > 0:
			escaped = true
			i += escape(text[i+1:])
		case b == '\\', b < ' ':
			c.pos = i
			return "", false, c.syntax()
		}
	}
	c.pos = len(text)
	return "", false, c.syntax()
}

// escape is how long an escape is, without its backslash: 0 if it is none of RFC 8259,
// section 7.
func escape(text string) int {
	switch {
	case text == "":
		return 0
	case strings.IndexByte(escapes, text[0]) >= 0:
		return 1
	}
	_, n := hexEscape(text)
	return n
}

// The escapes of one letter, and what they stand for.
const (
	escapes   = `"\/bfnrt`
	unescaped = "\"\\/\b\f\n\r\t"
)

// unescape replaces escapes, which were checked before. Half a surrogate pair becomes
// U+FFFD, as encoding/json has it.
func unescape(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			b.WriteByte(text[i])
			continue
		}
		i++
		if k := strings.IndexByte(escapes, text[i]); k >= 0 {
			b.WriteByte(unescaped[k])
			continue
		}
		r, n := hexEscape(text[i:])
		if utf16.IsSurrogate(r) {
			r, n = surrogates(r, n, text[i:])
		}
		b.WriteRune(r)
		i += n - 1
	}
	return b.String()
}

// surrogates joins the half of a pair that ends at n in text with the other half.
func surrogates(high rune, n int, text string) (rune, int) {
	if next, ok := strings.CutPrefix(text[n:], `\`); ok {
		low, m := hexEscape(next)
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			return r, n + 1 + m
		}
	}
	return utf8.RuneError, n
}

// hexEscape reads what follows the backslash of \uXXXX, and how long it is, 0 for
// anything else.
func hexEscape(text string) (rune, int) {
	const length = len("uXXXX")
	if len(text) < length || text[0] != 'u' {
		return 0, 0
	}
	n, err := strconv.ParseUint(text[1:length], 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(n), length
}

// bare reads a value without quotes or brackets: true, false, null or a number.
func (c *Cursor) bare() (string, error) {
	ok := false
	first := c.Kind()
	start := c.pos
	switch first {
	case 't':
		ok = c.word("true")
	case 'f':
		ok = c.word("false")
	case 'n':
		ok = c.word("null")
	default:
		ok = c.number()
	}
	if !ok {
		return "", c.syntax()
	}
	return c.text[start:c.pos], nil
}

func (c *Cursor) word(w string) bool {
	if !strings.HasPrefix(c.text[c.pos:], w) {
		return false
	}
	c.pos += len(w)
	return true
}

// number passes a number as RFC 8259 writes it (section 6).
func (c *Cursor) number() bool {
	c.sign("-")
	switch {
	case c.word("0"):
	case !c.digits():
		return false
	}
	if c.word(".") && !c.digits() {
		return false
	}
	if c.word("e") || c.word("E") {
		c.sign("+-")
		return c.digits()
	}
	return true
}

func (c *Cursor) sign(signs string) {
	if c.pos < len(c.text) && strings.IndexByte(signs, c.text[c.pos]) >= 0 {
		c.pos++
	}
}

func (c *Cursor) digits() bool {
	start := c.pos
	for c.pos < len(c.text) && '0' <= c.text[c.pos] && c.text[c.pos] <= '9' {
		c.pos++
	}
	return c.pos > start
}
