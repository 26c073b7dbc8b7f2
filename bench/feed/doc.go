// Package feed is the far end of the benchmarks of clients: a process of its own that
// sends the same event again and again, as fast as a socket takes it.
//
// Call [Main] first thing in TestMain, so that the test binary can be its own server,
// then [Start]. A client connects to one of the feed's addresses, and [Feed.Push] lets the
// feed send it so many events. They are framed beforehand and written many at a time past
// the WebSocket library, so that the client is what is measured.
//
// It knows just enough of each protocol to let a client subscribe.
package feed
