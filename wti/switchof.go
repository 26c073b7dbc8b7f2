package wti

import (
	"reflect"

	"github.com/wtiphone/wtiphone/csta"
)

// switchOf is the name of the switch that a request is about: that of the first id or
// member in it that names one. It is "" where none does.
func switchOf(req any) string { return switchIn(reflect.ValueOf(req)) }

func switchIn(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return switchIn(v.Elem())
	case reflect.String:
		if v.Type() == reflect.TypeFor[csta.DeviceID]() {
			return csta.DeviceID(v.String()).SwitchName()
		}
	case reflect.Slice:
		for i := range v.Len() {
			if name := switchIn(v.Index(i)); name != "" {
				return name
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field, of := v.Field(i), v.Type().Field(i)
			if named := of.Name == "SwitchName" || of.Name == "Switch"; named &&
				field.Kind() == reflect.String && field.String() != "" {
				return field.String()
			}
			if name := switchIn(field); name != "" {
				return name
			}
		}
	}
	return ""
}
