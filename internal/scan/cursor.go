package scan

import (
	"errors"
	"fmt"
	"strings"
)

// ErrSyntax says that a text is not JSON.
var ErrSyntax = errors.New("scan: not JSON")

// ErrTooDeep says that a text is nested deeper than [MaxDepth].
var ErrTooDeep = errors.New("scan: nested too deep")

// MaxDepth is how deep objects and arrays may be nested. Twelve levels are the most that
// a message of the DMCC schema has; the bound keeps hostile text from costing stack.
const MaxDepth = 64

// Cursor walks through JSON text once and checks it on its way. A value that is not
// wanted must be skipped, so that all of the text is checked. Byte slices that it
// returns are parts of the text; strings are copies.
type Cursor struct {
	text  []byte
	pos   int
	depth int
	store *Store // where strings are kept; nil: each on its own
}

// New returns a cursor at the beginning of text; it must not change while parts of it are
// in use.
func New[T string | []byte](text T) Cursor { return Cursor{text: []byte(text)} }

// Keep makes the cursor, and those that look ahead for it, keep strings in s.
func (c *Cursor) Keep(s *Store) { c.store = s }

// Inside returns a cursor at the beginning of text, which was inside of a string: it keeps
// strings where c does.
func (c *Cursor) Inside(text []byte) Cursor { return Cursor{text: text, store: c.store} }

// Pos is how many bytes of the text were passed.
func (c *Cursor) Pos() int { return c.pos }

// Kind is the first byte of the next value, 0 at the end of the text.
func (c *Cursor) Kind() byte {
	if c.pos < len(c.text) && c.text[c.pos] > ' ' {
		return c.text[c.pos]
	}
	return c.kind()
}

// kind is Kind where space may come first, as servers hardly ever write it.
func (c *Cursor) kind() byte {
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
func (c *Cursor) take(b byte) bool {
	if c.Kind() != b {
		return false
	}
	c.pos++
	return true
}

func (c *Cursor) syntax() error {
	return fmt.Errorf("%w: syntax error at byte %d of %d", ErrSyntax, c.pos, len(c.text))
}

// End checks that nothing follows the value that was read.
func (c *Cursor) End() error {
	if c.Kind() != 0 || c.pos < len(c.text) {
		return c.syntax()
	}
	return nil
}

// open passes the bracket that opens an object or array.
func (c *Cursor) open(bracket byte) error {
	if !c.take(bracket) {
		return c.syntax()
	}
	if c.depth++; c.depth > MaxDepth {
		return fmt.Errorf("%w: more than %d levels", ErrTooDeep, MaxDepth)
	}
	return nil
}

// more passes what stands between elements, or the bracket that ends them.
func (c *Cursor) more(bracket byte, first bool) (bool, error) {
	if c.take(bracket) {
		c.depth--
		return false, nil
	}
	if first || c.take(',') {
		return true, nil
	}
	return false, c.syntax()
}

// Members calls visit with the name of each member of an object; visit takes the
// value.
func (c *Cursor) Members(visit func(name []byte) error) error {
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
			return c.syntax()
		}
		if err := visit(name); err != nil {
			return err
		}
	}
}

// Elements calls visit for each element of an array; visit takes it.
func (c *Cursor) Elements(visit func() error) error {
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

// Count looks ahead: how many elements has the array at c?
func (c *Cursor) Count() (n int, err error) {
	ahead := *c
	err = ahead.Elements(func() error {
		n++
		return ahead.Skip()
	})
	return n, err
}

// Raw is a value as it stands.
func (c *Cursor) Raw() (string, error) {
	raw, err := c.raw()
	return c.store.keep(raw), err
}

func (c *Cursor) raw() ([]byte, error) {
	c.Kind()
	start := c.pos
	err := c.Skip()
	return c.text[start:c.pos], err
}

// Text is a value as text. A structured value is its own JSON, so that nothing that
// a server sends is lost because we expected less.
func (c *Cursor) Text() (string, error) {
	text, err := c.Part()
	return c.store.keep(text), err
}

// Part is Text for those who only look at it: a part of the text wherever it can be.
func (c *Cursor) Part() ([]byte, error) {
	switch c.Kind() {
	case '"':
		return c.quoted()
	case 'n':
		return nil, c.bare()
	}
	return c.raw()
}

// Nothing passes null and "", which both stand for an XML element without content.
func (c *Cursor) Nothing() bool {
	switch c.Kind() {
	case 'n':
		return c.word("null")
	case '"':
		return c.word(`""`)
	}
	return false
}

// Find looks ahead for a member of the object at c, whatever its case, and returns a
// cursor at its value.
func (c *Cursor) Find(name string) (at Cursor, ok bool) {
	if c.Kind() != '{' {
		return at, false
	}
	ahead := *c
	err := ahead.Members(func(n []byte) error {
		if len(n) == len(name) && strings.EqualFold(string(n), name) {
			at, ok = ahead, true
		}
		return ahead.Skip()
	})
	return at, ok && err == nil
}
