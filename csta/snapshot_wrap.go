package csta

import (
	"encoding/json"
	"reflect"

	"github.com/wtiphone/wtiphone/internal/scan"
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

func decodeSnapshot[T any](c *scan.Cursor, element string) (ref string, list []T, err error) {
	at := *c
	if err := c.Skip(); err != nil {
		return "", nil, err
	}
	if r, ok := at.Find("serviceCrossRefID"); ok {
		if ref, err = r.Text(); err != nil {
			return "", nil, err
		}
	}
	if data, ok := at.Find("snapshotData"); ok {
		at = data
	}
	if inner, ok := at.Find(element); ok {
		at = inner
	} else if at.Kind() == '{' && !isElement[T](at) {
		return ref, nil, nil
	}
	list, err = decodeListOf[T](&at, element)
	return ref, list, err
}

// isElement tells a bare element from an object without a list in it.
func isElement[T any](c scan.Cursor) (known bool) {
	p := planFor(reflect.TypeFor[T]())
	err := c.Members(func(name []byte) error {
		known = known || p.lookup(name) != nil
		return c.Skip()
	})
	return known && err == nil
}

func decodeListOf[T any](c *scan.Cursor, item string) (list []T, err error) {
	err = planFor(reflect.TypeFor[[]T]()).decodeList(c, reflect.ValueOf(&list).Elem(), item)
	return list, err
}
