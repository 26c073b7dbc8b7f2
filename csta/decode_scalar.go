package csta

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// decodeScalar sets a string, bool or integer from any JSON value that stands
// for one: a number may be text, text may be a number, and 'nothing' is zero.
func decodeScalar(c *scan.Cursor, dst reflect.Value) error {
	text, err := c.Text()
	if err != nil {
		return err
	}
	if dst.Kind() == reflect.String {
		dst.SetString(text)
		return nil
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	switch dst.Kind() {
	case reflect.Bool:
		b, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			return fmt.Errorf("csta: %.40q is neither true nor false", text)
		}
		dst.SetBool(b)
	case reflect.Int, reflect.Int64, reflect.Int32:
		n, ok := wholeNumber(text)
		if !ok || dst.OverflowInt(n) {
			return fmt.Errorf("csta: %.40q is not a whole number in range", text)
		}
		dst.SetInt(n)
	default:
		return fmt.Errorf("csta: no rule to decode a %s", dst.Type())
	}
	return nil
}

// wholeNumber reads 180 and what other programs make of it: 180.0 and 1.8e2.
func wholeNumber(text string) (int64, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	const exact = 1 << 53 // beyond it a float64 skips whole numbers
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > exact {
		return 0, false
	}
	return int64(f), true
}

// equalFold compares member names as DMCC clients in the field do: without
// regard to case (callID and callId are both seen).
func equalFold[Name string | []byte](a Name, b string) bool {
	return len(a) == len(b) && (string(a) == b || strings.EqualFold(string(a), b))
}
