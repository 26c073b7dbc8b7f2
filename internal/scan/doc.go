// Package scan walks through JSON text once, checking it on its way: syntax, and how
// deep it is nested. What it returns are parts of the text, so a frame is routed and a
// message decoded with few copies.
//
// Start with [New]. [Cursor.Kind] tells what comes next; [Cursor.Members] and
// [Cursor.Elements] go through objects and arrays; [Cursor.Text], [Cursor.Raw] and
// [Cursor.Skip] take a value; [Cursor.Find] and [Cursor.Count] look ahead.
//
// The package decodes into no Go value, changes no text and does not check that the
// text is UTF-8: package csta does the former, and whoever needs the latter does it before.
package scan
