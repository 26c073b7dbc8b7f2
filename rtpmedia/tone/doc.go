// Package tone recognizes sounds that mean something: the digits of a telephone
// keypad as tones, and single frequencies.
//
// Start with a [Digits], which is fed with samples at 8 kHz in blocks of any
// size and tells when a digit begins and ends:
//
//	var d tone.Digits
//	d.Feed(pcm, func(e tone.Event) { fmt.Println(string(e.Digit), e.Ended) })
//
// It accepts and rejects where ITU-T Q.24 asks receivers to. [Amplitude] measures
// one frequency. The package makes no sound and knows no network.
package tone
