// Package audio makes audible what the simulated switch decides: announcements,
// music, tones, and the voices of parties who hear each other, over real RTP.
//
// A [Gateway] is the [pbx.Media] of a switch: [NewGateway], then Start. Every
// registered terminal gets a stream of its own; parties from outside have a voice and
// a pair of ears, but no stream. The announcements of the default lab and some
// customers' sentences are part of the package, spoken by a speech synthesizer (see
// speech/README.md); music on hold and tones are computed.
//
// The package does not decide who hears what, does not know calls or devices, and
// does not record.
package audio
