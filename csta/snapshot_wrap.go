package csta

import (
	"encoding/json"
	"reflect"

	"github.com/tidwall/gjson"
)

// Snapshot answers wrap their list twice: crossRefIDorSnapshotData is a choice, and
// snapshotData holds repeated elements. Every JSON form of that is taken.

func marshalSnapshot[T any](crossRef, element string, list []T) ([]byte, error) {
	if crossRef != "" {
		return json.Marshal(map[string]string{"serviceCrossRefID": crossRef})
	}
	if list == nil {
		list = []T{}
	}
	return json.Marshal(map[string]map[string][]T{"snapshotData": {element: list}})
}

func decodeSnapshot[T any](r gjson.Result, element string, list *[]T) error {
	if data := member(r, "snapshotData"); data.Exists() {
		r = data
	}
	if inner := member(r, element); inner.Exists() {
		r = inner
	} else if r.IsObject() && !hasOnlyListMembers[T](r) {
		return nil
	}
	return decodeListInto(r, element, list)
}

// hasOnlyListMembers tells a bare element from an object without a list in it.
func hasOnlyListMembers[T any](r gjson.Result) bool {
	p := planFor(reflect.TypeFor[T]())
	known := false
	r.ForEach(func(key, _ gjson.Result) bool {
		known = p.lookup(key.Str) != nil
		return known
	})
	return known
}

func decodeListInto[T any](r gjson.Result, item string, list *[]T) error {
	return decodeList(r, reflect.ValueOf(list).Elem(), item)
}
