// Package codec turns frames of linear samples into RTP payloads and back:
// G.711 µ-law and A-law, L16, G.722 and comfort noise, and it fills the holes
// that lost packets leave.
//
// Start with [MuLaw], [ALaw], [L16] or [G722]; each has Encode and Decode, which
// write into memory of the caller and allocate nothing. [Concealer] holds what was
// decoded, and [Upper] the upper band of G.722 beside it. Samples are signed and 16
// bit wide, 8000 a second unless a type says otherwise.
//
// The package knows no packet, no clock and no network.
package codec
