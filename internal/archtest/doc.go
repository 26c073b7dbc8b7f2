// Package archtest holds the rules of the house as tests: who may import whom,
// how large a file may grow, what every package must say about itself, and
// which words have no place in source text. Each rule carries its reason, and
// a test that fails prints it.
//
// Start with [Load], which parses every Go file below a directory, and hand the
// [Tree] to one of [Checks], which returns a [Finding] for each breach. The rows
// that [Imports] goes by stand in table.go, the modules in modules.go; a package
// or a module that is not there needs a row, with its reason, before it is used.
//
// Only direct imports are looked at: where every package keeps its row, what it
// reaches through others is bounded too. The package reads source text and
// nothing else: it does not run the go command, does not resolve types, and
// does not judge what gofumpt, vet and staticcheck already judge.
package archtest
