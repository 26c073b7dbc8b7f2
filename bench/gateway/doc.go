// Package gateway holds the benchmark of many registered stations whose audio the mock AES
// carries: a quarter of them hear announcements, the others talk in pairs and in conferences
// of three to six. The mock runs in a process of its own, and everything is counted at both
// ends:
//
//	go test -run '^$' -bench Floor -benchtime 3x ./gateway
//	go test -run '^$' -bench Floor -benchtime 3x ./gateway -legs 400
//	go test -run Tshark -v ./gateway
//
// The last compares our figures of loss and jitter with those that tshark has of the same
// packets; it needs to be allowed to capture on the loopback interface. The audio itself is
// not listened to here: each leg only has to hear that there is some.
package gateway
