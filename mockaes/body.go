package mockaes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
)

// What /mock reads: strictly, and with errors in the words of JSON.

// read decodes a body; an empty one is an empty object. An error says which member is wrong,
// and what is wanted.
func read[T any](r *http.Request) (T, error) {
	var v T
	var raw json.RawMessage
	dec := json.NewDecoder(r.Body)
	err := dec.Decode(&raw)
	if err == io.EOF {
		return v, nil
	}
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("there is more behind the JSON: want one object")
		}
	}
	if err == nil {
		err = decodeMembers(raw, reflect.ValueOf(&v).Elem())
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		err = fmt.Errorf("the body is too large: want at most %d bytes", maxAdminBody)
	}
	if broken, is := errors.AsType[*json.SyntaxError](err); is || err == io.ErrUnexpectedEOF {
		err = fmt.Errorf("the body is no JSON: %w", err)
		if is {
			err = fmt.Errorf("%w, at byte %d", err, broken.Offset)
		}
	}
	if err != nil {
		return v, badRequest(err)
	}
	return v, nil
}

// decodeMembers fills the fields of a structure with the members of an object.
func decodeMembers(object json.RawMessage, v reflect.Value) error {
	fields := make(map[string]reflect.Value)
	for _, f := range reflect.VisibleFields(v.Type()) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			fields[name] = v.FieldByIndex(f.Index)
		}
	}
	dec := json.NewDecoder(bytes.NewReader(object))
	if open, _ := dec.Token(); open != json.Delim('{') {
		return errors.New(`want an object, such as {"member":"value"}`)
	}
	seen := make(map[string]bool)
	for dec.More() {
		key, err := dec.Token() // a name, for the object was read as a whole before
		if err != nil {
			return err
		}
		name, _ := key.(string)
		field, known := fields[name]
		switch {
		case !known && len(fields) == 0:
			return fmt.Errorf("unknown field %.60q: want no members", name)
		case !known:
			return fmt.Errorf("unknown field %.60q: want %s", name,
				strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
		case seen[name]:
			return fmt.Errorf("%s: there twice: want it once", name)
		}
		seen[name] = true
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return err
		}
		if err := decodeValue(name, value, field); err != nil {
			return err
		}
	}
	return nil
}

// decodeValue fills a field with the value of a member.
func decodeValue(name string, value json.RawMessage, field reflect.Value) error {
	dec := json.NewDecoder(bytes.NewReader(value))
	dec.DisallowUnknownFields()
	err := dec.Decode(field.Addr().Interface())
	if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		if wrong.Field != "" {
			name += "." + wrong.Field
		}
		return fmt.Errorf("%s: want %s, and no %s", name, wanted(wrong.Type), wrong.Value)
	}
	if err != nil {
		return fmt.Errorf("%s: %s", name, strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

// wanted is what JSON calls the values of a type.
func wanted(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[span](), t == reflect.TypeFor[*span]():
		return `a time such as "20s"`
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uint64:
		return "a whole number from 0"
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64:
		return "a whole number"
	}
	return "an object"
}

// span is a duration as text, such as 1m30s.
type span time.Duration

// UnmarshalText reads what time.ParseDuration does.
func (d *span) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%.60q: want a time such as 20s or 1m30s", text)
	}
	*d = span(v)
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (d span) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// needed refuses a body without a member that it has to have.
func needed(name, value, what string) error {
	if value == "" {
		return badRequest(fmt.Errorf("%s: %s is missing", name, what))
	}
	return nil
}

// checkQuery refuses parameters that a route does not have, and those that are there twice.
// The example of a route that has any names all.
func (a adminRoute) checkQuery(r *http.Request) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return badRequest(fmt.Errorf("the query cannot be read: %w", err))
	}
	example, _ := strings.CutPrefix(a.Takes, "?")
	if example == a.Takes {
		example = ""
	}
	known, err := url.ParseQuery(example)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		switch {
		case len(known) == 0:
			return badRequest(fmt.Errorf("there is no parameter %.60q: %s takes none", name,
				r.URL.Path))
		case !known.Has(name):
			return badRequest(fmt.Errorf("there is no parameter %.60q: want %s", name,
				strings.Join(slices.Sorted(maps.Keys(known)), " or ")))
		case len(query[name]) > 1:
			return badRequest(fmt.Errorf("%s: there twice: want it once", name))
		}
	}
	return nil
}
