// Package lab reads and writes lab files: YAML that says what there is in a mock AES
// and the switch behind it, who may log in, and which customers call.
//
//	options, err := lab.Parse(data)
//	srv, err := mockaes.Start(options)
//
// A lab file is strict: a key that is not known is a mistake, and mistakes are told
// with their line. [Default] is the file of the default lab, [Schema] describes the
// format to editors. With base: default a file starts from the default lab, and each
// section that it has replaces that of the default lab.
//
// The package does not open lab files and does not start servers. [ParseIn] opens the
// recordings that a lab plays, to check that they are there.
package lab
