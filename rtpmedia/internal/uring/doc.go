// Package uring sends datagrams of many sockets by one system call, with io_uring(7) of
// Linux 6.1 and later, the first whose IORING_OP_SEND takes an address (io_uring_enter(2)).
// A call for each packet costs a fifth more, and twice as much where each wakes a receiver on
// the same machine.
//
// Start with [New], [Ring.Put] datagrams and [Ring.Flush] them. Containers often refuse
// io_uring: New says so, and whoever uses a ring can do without. What the kernel reads and
// writes is memory of the ring's own, which the garbage collector does not know.
//
// It does not receive: to read with a ring, without knowing which sockets have something,
// costs what reading them one by one does.
package uring
