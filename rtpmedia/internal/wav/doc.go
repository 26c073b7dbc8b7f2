// Package wav reads and writes sound files in the RIFF WAVE format.
//
// Start with [NewReader], which gives one channel at the rate of the file.
// [NewWriter] makes files of 16 bits.
//
// A file is hostile input: sizes in it are checked before anything is done with
// them, and no memory is allocated because a header asks for it. The package
// reads PCM of 8, 16, 24 and 32 bits, floats of 32 bits and both laws of G.711;
// it does not read compressed formats.
package wav
