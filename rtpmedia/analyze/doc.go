// Package analyze says what is to be heard in a recording: which tones and
// digits and when, speech or noise or silence, how long the holes are, and
// whether it holds a sound that is known.
//
// All functions take samples at 8 kHz, and [Wide] has the same for 16 kHz. A test
// asks, for example, whether the caller heard the announcement:
//
//	match, err := analyze.Correlate(announcement, heard)
//	if err != nil || match.Correlation < 0.99 { ... }
//
// [Follow] asks the same where parts may be missing. What cannot be measured is
// an error, never a pleasant default. Times are good to 60 ms. The package judges
// signals; it does not estimate what a human would think of them, and it does not
// understand speech.
package analyze
