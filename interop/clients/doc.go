// Package clients lets a WTI client that shares no code with ours hold whole
// conversations with wtiphone mock, in Python with websockets; ffmpeg makes and reads
// its audio.
//
// Each story is a test of its own; one whose tools are not installed is skipped and
// says so. The package has nothing but tests in it.
package clients
