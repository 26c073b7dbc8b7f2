// Package netsim is a network that misbehaves on purpose and the same way every
// time: it loses, delays, repeats and reorders datagrams as a [Profile] says,
// from a seed.
//
// Start with [New] for a network that exists only in memory, whose sockets work
// inside a testing/synctest bubble, or with [Impair] for a real socket whose
// outgoing datagrams are to suffer:
//
//	network := netsim.New(netsim.Profile{Loss: 0.05, Seed: 1})
//	conn, err := network.Listen(netip.MustParseAddrPort("10.0.0.1:4000"))
//
// The package knows nothing of RTP. It does not limit bandwidth.
package netsim
