package scan

// Skip passes a value of any kind. It goes through all levels in one loop: frames are
// skipped to find their end before they are decoded.
func (c *Cursor) Skip() error {
	var objects uint64 // a bit for each open level, the innermost lowest: 1 for an object
	for level := 0; ; {
		switch bracket := c.Kind(); bracket {
		case '{', '[':
			if err := c.open(bracket); err != nil {
				return err
			}
			level++
			objects <<= 1
			if bracket == '{' {
				objects |= 1
			}
			if c.Kind() != bracket+2 { // in ASCII the closing bracket is the next but one
				if objects&1 != 0 && !c.label() {
					return c.syntax()
				}
				continue
			}
		case '"':
			if !c.passString() {
				return c.syntax()
			}
		default:
			if err := c.bare(); err != nil {
				return err
			}
		}
		for ; level > 0 && c.Kind() == closing(objects); level-- {
			c.pos++
			c.depth--
			objects >>= 1
		}
		if level == 0 {
			return nil
		}
		if !c.take(',') || objects&1 != 0 && !c.label() {
			return c.syntax()
		}
	}
}

// closing is the bracket that ends the innermost level.
func closing(objects uint64) byte {
	if objects&1 != 0 {
		return '}'
	}
	return ']'
}

// label passes the name of a member.
func (c *Cursor) label() bool { return c.Kind() == '"' && c.passString() && c.take(':') }

// passString passes the string at c and checks it.
func (c *Cursor) passString() bool {
	text, i := c.text, plain(c.text, c.pos+1)
	for i < len(text) && text[i] == '\\' {
		n := escape(text, i+1)
		if n == 0 {
			break
		}
		i = plain(text, i+1+n)
	}
	c.pos = i
	if i == len(text) || text[i] != '"' {
		return false
	}
	c.pos++
	return true
}
