// Package media holds benchmarks of RTP media, beside a minimal sender and receiver in C
// that is compiled on the way, rtpengine and sipp:
//
//	go test -run '^$' -bench . -benchtime 5x -timeout 30m ./media
//
// All traffic stays on the loopback interface. What is not installed (gcc, rtpengine,
// sipp) is skipped and said. The open files that a process may have bound the number of
// legs: each takes two.
package media
