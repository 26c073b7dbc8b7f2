package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// entry is one line of send --list.
type entry struct {
	Kind    string          `json:"kind"` // service or event
	Name    string          `json:"name"`
	Does    string          `json:"does"`
	Example json.RawMessage `json:"example"`
}

// listReference prints every service and event that has a type.
func listReference(out io.Writer, asJSON bool) error {
	var all []entry
	for _, s := range csta.Services() {
		all = append(all, entry{"service", s.Name, s.Sentence, s.Example})
	}
	for _, e := range csta.Events() {
		all = append(all, entry{"event", e.Name, e.Sentence, e.Example})
	}
	for _, e := range all {
		if asJSON {
			if err := json.NewEncoder(out).Encode(e); err != nil {
				return err
			}
			continue
		}
		_, err := fmt.Fprintf(out, "%-8s %-34s %s\n", e.Kind, e.Name, e.Does)
		if err != nil {
			return err
		}
	}
	return nil
}

// nearest is the known service, or the event, whose name differs least from one that is
// not known, "" if none is near.
func nearest(name string, events bool) string {
	var names []string
	for _, s := range csta.Services() {
		names = append(names, s.Name)
	}
	if events {
		for _, e := range csta.Events() {
			names = append(names, e.Name)
		}
	}
	return nearestOf(name, names)
}

// nearestOf is the name that differs least from one that is not among them.
func nearestOf(name string, among []string) string {
	best, least := "", max(2, len(name)/4)+1
	for _, candidate := range among {
		d := distance(strings.ToLower(name), strings.ToLower(candidate))
		if d < least && d < len(name) { // something of it has to be left
			best, least = candidate, d
		}
	}
	return best
}

// proofread refuses a payload whose members are misspelt or of the wrong kind, and tells
// which members the service is not known to have: a server may know more.
func proofread(errs io.Writer, info csta.ServiceInfo, payload []byte) error {
	const asIs = "(--as-is sends it all the same)"
	if _, err := info.Request(payload); err != nil {
		return usagef("payload of %s: %v %s", info.Name, err, asIs)
	}
	for _, stray := range info.Strays(payload) {
		path, name := "", stray.Member
		if i := strings.LastIndexByte(name, '.'); i >= 0 {
			path, name = name[:i+1], name[i+1:]
		}
		near := nearestOf(name, stray.Known)
		switch {
		case stray.Known == nil:
			return usagef("payload of %s: the value of %q is not of its kind %s",
				info.Name, stray.Member, asIs)
		case near != "":
			return usagef("payload of %s: no member %q: did you mean %s? %s",
				info.Name, stray.Member, path+near, asIs)
		}
		_, err := fmt.Fprintf(errs,
			"wtiphone: %s has no member %q that is known here; known are %s\n",
			info.Name, stray.Member, strings.Join(stray.Known, ", "))
		if err != nil {
			return err
		}
	}
	return nil
}

// distance is how many letters have to be changed, added or removed (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
