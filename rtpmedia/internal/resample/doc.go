// Package resample changes the sampling rate of sound, with a windowed sinc.
//
// Start with [New] for sound that can be read ahead, as a file can: its samples come
// at the time of those that they are made of. [Bridge] is for sound that passes by
// in frames, as that of a microphone and of other parties does, and delays it by
// 3 ms. Both stay without a seam when the rate that is asked for changes.
//
// The filter is level up to 0.8 of half the lower rate and 6 dB down at 0.94 of it;
// what cannot be told apart at the lower rate is 60 dB down or more from 1.1 of it
// on. The package knows no files and no frames of 20 ms.
package resample
