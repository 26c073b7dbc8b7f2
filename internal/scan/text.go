package scan

import (
	"math/bits"
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
	for i := plain(text, start); i < len(text); i = plain(text, i) {
		if text[i] == '"' {
			c.pos = i + 1
			return text[start:i], escaped, nil
		}
		n := 0
		if text[i] == '\\' {
			n = escape(text, i+1)
		}
		if n == 0 {
			c.pos = i
			return "", false, c.syntax()
		}
		escaped = true
		i += 1 + n
	}
	c.pos = len(text)
	return "", false, c.syntax()
}

// plain returns where, from i on, a byte is that means something inside of a string: a
// quote, a backslash or a control character; the length of the text if none is. Most of
// a frame lies in strings, so it looks at eight bytes at a time. A byte x is below n where
// x-n borrows and the highest bit of x is clear, and it is equal to n where x^n is below 1;
// a borrow can spoil only the bytes behind the first that is found.
func plain(text string, i int) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(text); i += 8 {
		s := text[i : i+8]
		v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		quote, slash := v^each*'"', v^each*'\\'
		found := (v-each*' ')&^v | (quote-each)&^quote | (slash-each)&^slash
		if found &= high; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(text); i++ {
		if b := text[i]; b < ' ' || b == '"' || b == '\\' {
			return i
		}
	}
	return i
}

// escape is how long the escape at i is, without its backslash: 0 if it is none of
// RFC 8259, section 7.
func escape(text string, i int) int {
	if i < len(text) && escapes[text[i]] != 0 {
		return 1
	}
	_, n := hexEscape(text[i:])
	return n
}

// escapes holds what the escapes of one letter stand for, 0 where there is none.
var escapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// unescape replaces escapes, which were checked before. Half a surrogate pair becomes
// U+FFFD, as encoding/json has it.
func unescape(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for from := 0; ; {
		i := plain(text, from)
		b.WriteString(text[from:i])
		if i == len(text) {
			return b.String()
		}
		i++
		if one := escapes[text[i]]; one != 0 {
			b.WriteByte(one)
			from = i + 1
			continue
		}
		r, n := hexEscape(text[i:])
		if utf16.IsSurrogate(r) {
			r, n = surrogates(r, n, text[i:])
		}
		b.WriteRune(r)
		from = i + n
	}
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
