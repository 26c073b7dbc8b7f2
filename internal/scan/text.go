package scan

import (
	"math/bits"
	"strings"
)

// Quoted reads a string.
func (c *Cursor) Quoted() (string, error) {
	text, err := c.quoted()
	return c.store.keep(text), err
}

// quoted is a part of the text, unless there are escapes in it.
func (c *Cursor) quoted() ([]byte, error) {
	c.Kind()
	start := c.pos
	inner, escaped, err := c.string()
	if err != nil || !escaped {
		return inner, err
	}
	whole := New(c.text[start:c.pos])
	return whole.AppendQuoted(nil)
}

// string passes a string and checks it; what it returns may have escapes.
func (c *Cursor) string() (inner []byte, escaped bool, err error) {
	if !c.take('"') {
		return inner, false, c.syntax()
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
			return inner, false, c.syntax()
		}
		escaped = true
		i += 1 + n
	}
	c.pos = len(text)
	return inner, false, c.syntax()
}

// load is the eight bytes at i, the first one lowest.
func load(text []byte, i int) uint64 {
	s := text[i : i+stride]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// special marks the bytes of v that mean something inside of a string: a quote, a
// backslash or a control character. A byte x is below n where x-n borrows and the highest
// bit of x is clear, and it is equal to n where x^n is below 1; a borrow can spoil only the
// bytes behind the first that is marked.
func special(v uint64) uint64 {
	const each, high = 0x0101010101010101, 0x8080808080808080
	quote, slash := v^each*'"', v^each*'\\'
	return ((v-each*' ')&^v | (quote-each)&^quote | (slash-each)&^slash) & high
}

// plain returns where, from i on, the first byte is that means something inside of a
// string; the length of the text if none is. Most of a frame lies in strings, so it looks
// at eight bytes at a time.
func plain(text []byte, i int) int {
	for ; i+stride <= len(text); i += stride {
		if found := special(load(text, i)); found != 0 {
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

// escapes holds what the escapes of one letter stand for, 0 where there is none.
var escapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// escape is how long the escape at i is, without its backslash: 0 if it is none of
// RFC 8259, section 7.
func escape(text []byte, i int) int {
	if i < len(text) && escapes[text[i]] != 0 {
		return 1
	}
	_, n := hexEscape(text, i)
	return n
}

// bare passes a value without quotes or brackets: true, false, null or a number.
func (c *Cursor) bare() error {
	ok := false
	switch c.Kind() {
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
		return c.syntax()
	}
	return nil
}

func (c *Cursor) word(w string) bool {
	if len(c.text)-c.pos < len(w) || string(c.text[c.pos:c.pos+len(w)]) != w {
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
