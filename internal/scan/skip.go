package scan

// Skip passes a value of any kind. It goes through all levels in one loop: frames are
// skipped to find their end before they are decoded.
func (c *Cursor) Skip() error {
	var objects uint64 // a bit for each level that is open, the innermost lowest: 1 for an object
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
				if err := c.label(objects); err != nil {
					return err
				}
				continue
			}
		case '"':
			if _, _, err := c.string(); err != nil {
				return err
			}
		default:
			if err := c.bare(); err != nil {
				return err
			}
		}
		for level > 0 && c.close(objects) {
			level--
			objects >>= 1
		}
		if level == 0 {
			return nil
		}
		if !c.take(',') {
			return c.syntax()
		}
		if err := c.label(objects); err != nil {
			return err
		}
	}
}

// close passes the bracket that ends the innermost level, if it comes next.
func (c *Cursor) close(objects uint64) bool {
	bracket := byte(']')
	if objects&1 != 0 {
		bracket = '}'
	}
	if !c.take(bracket) {
		return false
	}
	c.depth--
	return true
}

// label passes the name of a member; elements of an array have none.
func (c *Cursor) label(objects uint64) error {
	if objects&1 == 0 {
		return nil
	}
	if _, _, err := c.string(); err != nil {
		return err
	}
	if !c.take(':') {
		return c.syntax()
	}
	return nil
}
