package codec

// L16 is linear PCM in network byte order (RFC 3551 §4.5.11). Nothing is lost
// in it, which makes it the codec of tests that compare to the bit.
type L16 struct{}

// Encode writes pcm to dst, which must hold two bytes a sample, and returns
// the number of bytes.
func (L16) Encode(dst []byte, pcm []int16) int {
	for i, v := range pcm {
		dst[2*i], dst[2*i+1] = byte(uint16(v)>>8), byte(v)
	}
	return 2 * len(pcm)
}

// Decode reads payload into dst and returns the number of samples. An odd last
// byte is ignored.
func (L16) Decode(dst []int16, payload []byte) int {
	n := min(len(dst), len(payload)/2)
	for i := range n {
		dst[i] = int16(uint16(payload[2*i])<<8 | uint16(payload[2*i+1]))
	}
	return n
}
