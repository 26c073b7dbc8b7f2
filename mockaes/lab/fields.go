package lab

import (
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// field is one key of a mapping.
type field struct {
	key   string
	index []int
	typ   reflect.Type
}

// fieldsOf returns the keys that a struct has in a lab file, in the order of its
// fields. They are the names of the fields with a small first letter, so that a field
// of the lab is a key of the file without being listed anywhere else.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		sf := t.Field(i)
		if !sf.IsExported() {
			continue
		}
		if sf.Tag.Get("lab") == "inline" {
			for _, inner := range fieldsOf(sf.Type) {
				inner.index = append([]int{i}, inner.index...)
				fields = append(fields, inner)
			}
			continue
		}
		fields = append(fields, field{keyOf(sf.Name), []int{i}, sf.Type})
	}
	return fields
}

// keyOf makes a key of a field's name: securityCode, id, rona, timedACW. An
// abbreviation at the beginning is small as a whole.
func keyOf(name string) string {
	if name == "VDNs" {
		return "vdns" // its plural would be taken for a word
	}
	letters := []rune(name)
	for i, r := range letters {
		begins := i > 0 && i+1 < len(letters) && unicode.IsLower(letters[i+1])
		if !unicode.IsUpper(r) || begins {
			break
		}
		letters[i] = unicode.ToLower(r)
	}
	return string(letters)
}

func keysOf(fields []field) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return strings.Join(keys, ", ")
}

var durationType = reflect.TypeFor[time.Duration]()

// words are the values of the types that have only a few.
var words = map[reflect.Type][]string{
	reflect.TypeFor[Base]():          {string(Empty), string(FromDefault)},
	reflect.TypeFor[pbx.Selection](): {string(pbx.MostIdle), string(pbx.BestLevel)},
	reflect.TypeFor[pbx.Answer](): {
		string(pbx.Answers), string(pbx.IsBusy), string(pbx.NeverAnswer), string(pbx.Unallocated),
	},
	reflect.TypeFor[pbx.Progress](): {
		string(pbx.OffISDN), string(pbx.FarNotISDN), string(pbx.InBand),
	},
}

// items are the words that lists of a structure have, by their keys. The switch checks them.
var items = map[reflect.Type]map[string][]string{
	reflect.TypeFor[pbx.Features](): {
		"codecs": pbx.Codecs(), "encryption": pbx.Encryptions(),
	},
}
