package scan

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendQuoted passes a string and appends what it says to dst, checking and replacing
// escapes in one pass: a payload that is a string is long, and its quotes are escapes. Half
// a surrogate pair becomes U+FFFD, as encoding/json has it. It reserves memory for all of
// the text that is left.
func (c *Cursor) AppendQuoted(dst []byte) ([]byte, error) {
	if !c.take('"') {
		return dst, c.syntax()
	}
	text, i, n := c.text, c.pos, len(dst)
	// What a string says is no longer than it; copyPlain writes whole words.
	out := slices.Grow(dst, len(text)-i+stride)
	out = out[:cap(out)]
	for {
		i, n = copyPlain(out, n, text, i)
		if i < len(text) && text[i] == '"' {
			c.pos = i + 1
			return out[:n], nil
		}
		if i+1 >= len(text) || text[i] != '\\' {
			break
		}
		if one := escapes[text[i+1]]; one != 0 {
			out[n] = one
			i, n = i+2, n+1
			continue
		}
		r, size := codePoint(text, i+1)
		if size == 0 {
			break
		}
		i, n = i+1+size, n+utf8.EncodeRune(out[n:], r)
	}
	c.pos = i
	return dst, c.syntax()
}

// stride is how many bytes are looked at, and copied, at a time.
const stride = 8

// copyPlain copies text from i on to out at n, up to the first byte that means something
// inside of a string, and returns both places. What it leaves behind n in out is of no use.
func copyPlain(out []byte, n int, text []byte, i int) (int, int) {
	for ; i+stride <= len(text); i, n = i+stride, n+stride {
		v := load(text, i)
		binary.LittleEndian.PutUint64(out[n:n+stride], v)
		if found := special(v); found != 0 {
			plain := bits.TrailingZeros64(found) / 8
			return i + plain, n + plain
		}
	}
	end := plain(text, i)
	return end, n + copy(out[n:], text[i:end])
}

// codePoint reads the escape uXXXX at i, two of them for a surrogate pair, and says how
// long it is, 0 for anything else.
func codePoint(text []byte, i int) (rune, int) {
	r, size := hexEscape(text, i)
	if !utf16.IsSurrogate(r) {
		return r, size
	}
	if next := i + size; next < len(text) && text[next] == '\\' {
		low, more := hexEscape(text, next+1)
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, size + 1 + more
		}
	}
	return utf8.RuneError, size
}

// hexEscape reads uXXXX at i, and how long it is, 0 for anything else.
func hexEscape(text []byte, i int) (rune, int) {
	const length = len("uXXXX")
	if len(text)-i < length || text[i] != 'u' {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(text[i+1:i+length]), 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(n), length
}
