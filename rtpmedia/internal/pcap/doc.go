// Package pcap writes datagrams to a file that Wireshark and tshark open.
//
// Start with [NewWriter]; [Writer.Datagram] adds one datagram with the headers
// that it would have had on a network. The package captures nothing itself and
// reads no files.
package pcap
