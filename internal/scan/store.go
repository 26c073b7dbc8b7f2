package scan

import "strings"

// Store keeps the strings of a message in few pieces of memory. What is wanted of a
// message is a third of it, in dozens of short strings. The zero value is ready.
type Store struct {
	piece strings.Builder
	size  int // of the next piece
}

// Reset makes the store ready for a message of n bytes. What was kept before stays as it
// is, for whoever holds it.
func (s *Store) Reset(n int) {
	s.piece.Reset()
	s.size = n / 2
}

// keep copies text into the store. One that is longer than what is left of a piece and
// than half a piece has memory of its own, so at most half of any piece is wasted.
func (s *Store) keep(text []byte) string {
	if s == nil || len(text) > s.size/2 {
		return string(text)
	}
	if s.piece.Cap()-s.piece.Len() < len(text) {
		s.piece.Reset()
		s.piece.Grow(s.size)
	}
	at := s.piece.Len()
	s.piece.Write(text)
	return s.piece.String()[at:]
}
