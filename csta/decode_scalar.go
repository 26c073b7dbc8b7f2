package csta

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// decodeScalar sets a string, bool or integer from any JSON value that stands
// for one: a number may be text, text may be a number, and 'nothing' is zero.
func decodeScalar(r gjson.Result, dst reflect.Value) error {
	if dst.Kind() == reflect.String {
		dst.SetString(textOf(r))
		return nil
	}
	if isEmpty(r) {
		return nil
	}
	text := strings.TrimSpace(textOf(r))
	switch dst.Kind() {
	case reflect.Bool:
		b, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			return fmt.Errorf("csta: %.40q is neither true nor false", text)
		}
		dst.SetBool(b)
	case reflect.Int, reflect.Int64, reflect.Int32:
		bits := dst.Type().Bits()
		n, err := strconv.ParseInt(text, 10, bits)
		if err != nil {
			return fmt.Errorf("csta: %.40q is not a whole number of %d bits", text, bits)
		}
		dst.SetInt(n)
	default:
		return fmt.Errorf("csta: no rule to decode a %s", dst.Type())
	}
	return nil
}

// textOf is r as text. A structured value is its own JSON, so that nothing that
// a server sends is lost because we expected less.
func textOf(r gjson.Result) string {
	switch r.Type {
	case gjson.String:
		return r.Str
	case gjson.Null:
		return ""
	}
	return r.Raw
}

// equalFold compares member names as DMCC clients in the field do: without
// regard to case (callID and callId are both seen).
func equalFold(a, b string) bool {
	return len(a) == len(b) && (a == b || strings.EqualFold(a, b))
}
