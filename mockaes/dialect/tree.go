package dialect

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// tree is a JSON value that keeps the order of its members, so that a payload
// can be put into another spelling and stay recognisable.
type tree struct {
	members []member // of an object
	items   []*tree  // of an array
	scalar  any      // string, json.Number, bool or nil
	kind    byte     // '{', '[' or 's'
}

type member struct {
	name  string
	value *tree
}

// object makes a tree of members.
func object(members ...member) *tree { return &tree{kind: '{', members: members} }

// text makes a tree of a string.
func text(s string) *tree { return &tree{kind: 's', scalar: s} }

// parseTree reads JSON that was encoded by this process.
func parseTree(data []byte) (*tree, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return readTree(dec)
}

func readTree(dec *json.Decoder) (*tree, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, fmt.Errorf("dialect: reading back a payload: %w", err)
	}
	switch token {
	case json.Delim('{'):
		return readObject(dec)
	case json.Delim('['):
		return readArray(dec)
	}
	return &tree{kind: 's', scalar: token}, nil
}

func readObject(dec *json.Decoder) (*tree, error) {
	t := object()
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, fmt.Errorf("dialect: reading back a payload: %w", err)
		}
		value, err := readTree(dec)
		if err != nil {
			return nil, err
		}
		t.members = append(t.members, member{name.(string), value})
	}
	_, err := dec.Token() // the closing brace
	return t, err
}

func readArray(dec *json.Decoder) (*tree, error) {
	t := &tree{kind: '['}
	for dec.More() {
		value, err := readTree(dec)
		if err != nil {
			return nil, err
		}
		t.items = append(t.items, value)
	}
	_, err := dec.Token() // the closing bracket
	return t, err
}

// MarshalJSON writes the tree with its members in order.
func (t *tree) MarshalJSON() ([]byte, error) { return t.append(nil) }

func (t *tree) append(dst []byte) ([]byte, error) {
	var err error
	switch t.kind {
	case '{':
		dst = append(dst, '{')
		for i, m := range t.members {
			dst = separate(dst, i)
			if dst, err = appendScalar(dst, m.name); err != nil {
				return dst, err
			}
			if dst, err = m.value.append(append(dst, ':')); err != nil {
				return dst, err
			}
		}
		return append(dst, '}'), nil
	case '[':
		dst = append(dst, '[')
		for i, item := range t.items {
			if dst, err = item.append(separate(dst, i)); err != nil {
				return dst, err
			}
		}
		return append(dst, ']'), nil
	}
	return appendScalar(dst, t.scalar)
}

func separate(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ',')
	}
	return dst
}

func appendScalar(dst []byte, v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	return append(dst, raw...), err
}

// lookup returns the member of that name, nil if there is none.
func (t *tree) lookup(name string) *tree {
	if t == nil {
		return nil
	}
	for _, m := range t.members {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// walk calls f for t and everything in it, the innermost first; name is that of
// the member that holds the value, "" for items of an array.
func (t *tree) walk(name string, f func(name string, t *tree)) {
	for _, m := range t.members {
		m.value.walk(m.name, f)
	}
	for _, item := range t.items {
		item.walk("", f)
	}
	f(name, t)
}
