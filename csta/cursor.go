package csta

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ErrMalformed says that a payload is not a JSON object where one is needed.
var ErrMalformed = errors.New("csta: payload is not a JSON object")

// ErrTooDeep says that a payload is nested deeper than any message is.
var ErrTooDeep = errors.New("csta: payload is nested too deep")

// maxDepth is how deep a payload may be nested: twelve levels are the most that a
// message of the schema has.
const maxDepth = 64

// cursor walks through JSON text once and checks it on its way. A value that is not
// wanted must be skipped, so that all of the text is checked. It keeps no copy of
// what it has passed: what it returns are parts of the text.
type cursor struct {
	text  string
	pos   int
	depth int
}

// newCursor copies raw, so that what is decoded does not change with it. Bytes that
// are not UTF-8 become U+FFFD, as encoding/json has it.
func newCursor(raw []byte) cursor {
	text := string(raw)
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	return cursor{text: text}
}

// kind is the first byte of the next value, 0 at the end of the text.
func (c *cursor) kind() byte {
	for c.pos < len(c.text) {
		switch b := c.text[c.pos]; b {
		case ' ', '\t', '\r', '\n':
			c.pos++
		default:
			return b
		}
	}
	return 0
}

// take passes the byte b, if it comes next.
func (c *cursor) take(b byte) bool {
	if c.kind() != b {
		return false
	}
	c.pos++
	return true
}

func (c *cursor) malformed() error {
	return fmt.Errorf("%w: syntax error at byte %d of %d", ErrMalformed, c.pos, len(c.text))
}

// end checks that nothing follows the value that was read.
func (c *cursor) end() error {
	if c.kind() != 0 || c.pos < len(c.text) {
		return c.malformed()
	}
	return nil
}

// open passes the bracket that opens an object or array.
func (c *cursor) open(bracket byte) error {
	if !c.take(bracket) {
		return c.malformed()
	}
	if c.depth++; c.depth > maxDepth {
		return fmt.Errorf("%w: more than %d levels", ErrTooDeep, maxDepth)
	}
	return nil
}

// more passes what stands between elements, or the bracket that ends them.
func (c *cursor) more(bracket byte, first bool) (bool, error) {
	if c.take(bracket) {
		c.depth--
		return false, nil
	}
	if first || c.take(',') {
		return true, nil
	}
	return false, c.malformed()
}

// members calls visit with the name of each member of an object; visit takes the
// value.
func (c *cursor) members(visit func(name string) error) error {
	if err := c.open('{'); err != nil {
		return err
	}
	for first := true; ; first = false {
		more, err := c.more('}', first)
		if !more || err != nil {
			return err
		}
		name, err := c.quoted()
		if err != nil {
			return err
		}
		if !c.take(':') {
			return c.malformed()
		}
		if err := visit(name); err != nil {
			return err
		}
	}
}

// elements calls visit for each element of an array; visit takes it.
func (c *cursor) elements(visit func() error) error {
	if err := c.open('['); err != nil {
		return err
	}
	for first := true; ; first = false {
		more, err := c.more(']', first)
		if !more || err != nil {
			return err
		}
		if err := visit(); err != nil {
			return err
		}
	}
}

// count looks ahead: how many elements has the array at c?
func (c *cursor) count() (n int, err error) {
	ahead := *c
	err = ahead.elements(func() error {
		n++
		return ahead.skip()
	})
	return n, err
}

// skip passes a value of any kind.
func (c *cursor) skip() error {
	switch c.kind() {
	case '{':
		return c.members(func(string) error { return c.skip() })
	case '[':
		return c.elements(c.skip)
	case '"':
		_, err := c.quoted()
		return err
	}
	_, err := c.bare()
	return err
}

// raw is a value as it stands.
func (c *cursor) raw() (string, error) {
	c.kind()
	start := c.pos
	err := c.skip()
	return c.text[start:c.pos], err
}

// textOf is a value as text. A structured value is its own JSON, so that nothing that
// a server sends is lost because we expected less.
func (c *cursor) textOf() (string, error) {
	switch c.kind() {
	case '"':
		return c.quoted()
	case 'n':
		_, err := c.bare()
		return "", err
	}
	return c.raw()
}

// nothing passes null and "", which both stand for an XML element without content.
func (c *cursor) nothing() bool {
	switch c.kind() {
	case 'n':
		return c.word("null")
	case '"':
		return c.word(`""`)
	}
	return false
}

// find looks ahead for a member of the object at c, whatever its case, and returns a
// cursor at its value.
func (c *cursor) find(name string) (at cursor, ok bool) {
	if c.kind() != '{' {
		return at, false
	}
	ahead := *c
	err := ahead.members(func(n string) error {
		if equalFold(n, name) {
			at, ok = ahead, true
		}
		return ahead.skip()
	})
	return at, ok && err == nil
}

// quoted reads a string.
func (c *cursor) quoted() (string, error) {
	if !c.take('"') {
		return "", c.malformed()
	}
	text, start, escaped := c.text, c.pos, false
	for i := start; i < len(text); i++ {
		switch b := text[i]; {
		case b == '"':
			c.pos = i + 1
			if escaped {
				return c.unescape(text[start-1 : i+1])
			}
			return text[start:i], nil
		case b == '\\':
			escaped = true
			i++ // whatever it escapes is not the closing quote
		case b < ' ':
			c.pos = i
			return "", c.malformed()
		}
	}
	c.pos = len(text)
	return "", c.malformed()
}

func (c *cursor) unescape(quoted string) (text string, err error) {
	if json.Unmarshal([]byte(quoted), &text) != nil {
		return "", c.malformed()
	}
	return text, nil
}
