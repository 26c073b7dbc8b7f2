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

// nearest is the known service whose name differs least from one that is not known,
// "" if none is near.
func nearest(name string) string {
	best, least := "", max(2, len(name)/4)+1
	for _, s := range csta.Services() {
		d := distance(strings.ToLower(name), strings.ToLower(s.Name))
		if d < least {
			best, least = s.Name, d
		}
	}
	return best
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
