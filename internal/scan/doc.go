// Package scan walks through JSON text once, checking it on its way: syntax, and how
// deep it is nested. It looks at eight bytes at a time and copies only what is kept, so a
// frame is routed and a message decoded in little time and memory.
//
// Start with [New]. [Cursor.Kind] tells what comes next; [Cursor.Members] and
// [Cursor.Elements] go through objects and arrays; [Cursor.Text], [Cursor.Raw] and
// [Cursor.Skip] take a value; [Cursor.Find] and [Cursor.Count] look ahead. [Cursor.Part] and
// [Cursor.AppendQuoted] are for those who keep no strings, a [Store] for those who keep many.
//
// The package decodes into no Go value, changes no text and does not check that the
// text is UTF-8: package csta does the former, and whoever needs the latter does it before.
package scan
