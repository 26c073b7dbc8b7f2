// Package interop holds tests of the whole program and its libraries against what
// others have made: two fake AES servers that share no code with ours, in Node and in
// Python, and the boxes that stand between a client and AES at real sites, namely
// nginx, HAProxy and a proxy that spoils the network on purpose.
//
//	go test ./interop
//
// The tests need a Unix, since they start and signal processes. One whose tool is
// missing is skipped and says which; docs/interop.md has the list, and what was tried
// against what. The package has no code but tests, and nothing may import it. It does
// not measure: figures are in the benchmarks of the packages.
package interop
