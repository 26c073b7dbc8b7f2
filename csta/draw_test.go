package csta_test

import (
	"reflect"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
)

// draw makes any value of a type of the package. What cannot be told apart on the
// wire is drawn in one of its forms: a party is a device or a reason why there is none.
func draw(t *rapid.T, typ reflect.Type) reflect.Value {
	v := reflect.New(typ).Elem()
	if special(t, v) {
		return v
	}
	switch typ.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.String(), digits).Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "yes"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "number"))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(typ.Elem()))
			v.Elem().Set(draw(t, typ.Elem()))
		}
	case reflect.Slice:
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			v.Set(reflect.Append(v, draw(t, typ.Elem())))
		}
	case reflect.Struct:
		for i := range typ.NumField() {
			v.Field(i).Set(draw(t, typ.Field(i).Type))
		}
	default:
		t.Fatalf("no rule to draw a %s", typ)
	}
	return v
}

var (
	digits    = rapid.StringMatching(`[0-9]{1,12}`)
	deviceIDs = rapid.StringMatching(`[0-9*#+]{1,6}(:[A-Z]{0,3}[0-9]?:(0\.0\.0\.0)?:[012])?`)
	printable = rapid.StringMatching(`[ -~¡-ÿЖ中😀]{0,10}`)
	anyJSON   = rapid.SampledFrom([]string{
		"", `{"a":[1,"x",{}]}`, `"words"`, `3`, `true`, `[]`, `-1e99`, `{"private":{"b":null}}`,
	})
)

// special draws the types whose JSON form is not that of their kind.
func special(t *rapid.T, v reflect.Value) bool {
	switch p := v.Addr().Interface().(type) {
	case *csta.DeviceID:
		*p = csta.DeviceID(rapid.OneOf(deviceIDs, rapid.Just("")).Draw(t, "device"))
	case *csta.ExtendedDeviceID:
		p.Device, p.Presence = drawParty(t, csta.NotKnown, csta.Restricted)
	case *csta.Endpoint:
		p.Device, p.Presence = drawParty(t, csta.NotKnown, csta.Restricted)
	case *csta.RedirectionDeviceID:
		p.Device, p.Presence = drawParty(t, csta.NotKnown, csta.Restricted, csta.NotRequired,
			csta.NotSpecified)
	case *csta.HexText:
		*p = csta.HexText(printable.Draw(t, "hex"))
	case *csta.HexSecret:
		*p = csta.HexSecret(printable.Draw(t, "hex"))
	case *csta.Opaque:
		*p = csta.Opaque(anyJSON.Draw(t, "json"))
	case *csta.CallState:
		*p = drawCallState(t)
	case *csta.DeviceSnapshotData:
		if p.CrossRefID = digits.Draw(t, "ref"); rapid.Bool().Draw(t, "data") {
			*p = csta.DeviceSnapshotData{Calls: drawAs[[]csta.SnapshotDeviceInfo](t)}
		}
	case *csta.CallSnapshotData:
		if p.CrossRefID = digits.Draw(t, "ref"); rapid.Bool().Draw(t, "data") {
			*p = csta.CallSnapshotData{Parties: drawAs[[]csta.SnapshotCallInfo](t)}
		}
	default:
		return false
	}
	return true
}

func drawAs[T any](t *rapid.T) T {
	return draw(t, reflect.TypeFor[T]()).Interface().(T)
}

func drawParty(t *rapid.T, none ...csta.Presence) (csta.DeviceID, csta.Presence) {
	if rapid.Bool().Draw(t, "known") {
		return csta.DeviceID(deviceIDs.Draw(t, "party")), csta.Known
	}
	return "", rapid.SampledFrom(append(none, csta.Known)).Draw(t, "why not")
}

func drawCallState(t *rapid.T) csta.CallState {
	if rapid.Bool().Draw(t, "simple") {
		return csta.CallState{
			Simple:      csta.CallReceived,
			Connections: []csta.ConnectionState{csta.Alerting},
		}
	}
	return csta.CallState{Connections: drawAs[[]csta.ConnectionState](t)}
}
