// Package dialect holds what WTI servers may do differently: where the public sources
// leave something open, or where releases differ, each way is a [Quirk], a row in a
// table with a name, a line that says what it is and what it rests on.
//
// [New] makes a [Dialect] of the names of quirks; without any it is AES 10.2 as far
// as it is known. A dialect turns answers and events into frames, and says what else
// the server insists on.
//
// The package does not read frames, does not decide on requests, and knows nothing
// of sessions.
package dialect
