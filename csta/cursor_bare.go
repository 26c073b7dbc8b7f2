package csta

import "strings"

// bare reads a value without quotes or brackets: true, false, null or a number.
func (c *cursor) bare() (string, error) {
	ok := false
	first := c.kind()
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
		return "", c.malformed()
	}
	return c.text[start:c.pos], nil
}

func (c *cursor) word(w string) bool {
	if !strings.HasPrefix(c.text[c.pos:], w) {
		return false
	}
	c.pos += len(w)
	return true
}

// number passes a number as RFC 8259 writes it (section 6).
func (c *cursor) number() bool {
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

func (c *cursor) sign(signs string) {
	if c.pos < len(c.text) && strings.IndexByte(signs, c.text[c.pos]) >= 0 {
		c.pos++
	}
}

func (c *cursor) digits() bool {
	start := c.pos
	for c.pos < len(c.text) && '0' <= c.text[c.pos] && c.text[c.pos] <= '9' {
		c.pos++
	}
	return c.pos > start
}
