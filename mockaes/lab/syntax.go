package lab

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// parse makes a tree of YAML. What is opened and not closed is told where it is opened: the
// parser tells it where it can make no sense of the rest any more, which may be far below.
func parse(data []byte) (*ast.File, error) {
	tokens := lexer.Tokenize(string(data))
	if t := openQuote(tokens); t != nil {
		return nil, at(t, "a quote is opened here that its line does not close")
	}
	doc, err := parser.Parse(tokens, 0)
	if err == nil {
		return doc, nil
	}
	mistake := syntaxError(err)
	if t := openBracket(tokens, mistake.Line); t != nil {
		return nil, at(t, "a %s is opened here that is not closed before line %d: %w", t.Value,
			mistake.Line, mistake.Err)
	}
	return nil, mistake
}

func at(t *token.Token, format string, args ...any) *Error {
	return &Error{
		Line: t.Position.Line, Column: t.Position.Column, Err: fmt.Errorf(format, args...),
	}
}

// openQuote finds a quoted text that does not end in its line, as one of which the closing
// quote is missing: it takes what follows up to the next quote. Nothing in a lab needs several
// lines.
func openQuote(tokens token.Tokens) *token.Token {
	for _, t := range tokens {
		text := strings.TrimSpace(t.Origin)
		switch t.Type {
		case token.DoubleQuoteType, token.SingleQuoteType:
			if strings.Contains(text, "\n") {
				return t
			}
		case token.InvalidType:
			if strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") {
				return t
			}
		}
	}
	return nil
}

// openBracket finds the last bracket that is open where a line begins, in which a mistake was
// found.
func openBracket(tokens token.Tokens, line int) *token.Token {
	var open []*token.Token
	for _, t := range tokens {
		if t.Position.Line >= line {
			break
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			open = append(open, t)
		case token.MappingEndType, token.SequenceEndType:
			open = open[:max(len(open)-1, 0)]
		}
	}
	if len(open) == 0 {
		return nil
	}
	return open[len(open)-1]
}

// syntaxError takes the position out of an error of the parser.
func syntaxError(err error) *Error {
	e := &Error{Err: err}
	var at yaml.Error
	if errors.As(err, &at) {
		e.Err = errors.New(at.GetMessage())
		if t := at.GetToken(); t != nil && t.Position != nil {
			e.Line, e.Column = t.Position.Line, t.Position.Column
		}
	}
	return e
}
