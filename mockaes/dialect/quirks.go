package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// Quirk is one way in which a server may behave. Of one group, the part of the name
// before the equals sign, the last one that is asked for counts.
type Quirk struct {
	Name    string // group=way
	About   string // one line, which ends with what it rests on: [seen], [dmcc], [guess]
	Default bool   // in force unless another of its group is asked for
}

// group is a question and the ways to answer it.
type group struct {
	name string
	ways []way // the first is the default
}

type way struct {
	name  string
	about string
	set   func(*Dialect)
}

func groups() []group {
	return slices.Concat(envelopeGroups, payloadGroups, switchGroups, licenceGroups, restGroups)
}

// Quirks returns all of them, those of one group together, the default first.
func Quirks() []Quirk {
	var all []Quirk
	for _, g := range groups() {
		for i, w := range g.ways {
			all = append(all, Quirk{g.name + "=" + w.name, w.about, i == 0})
		}
	}
	return all
}

// choose returns the way of each group that is in force, by the names of quirks.
func choose(names []string) ([]way, error) {
	all := groups()
	chosen := make([]way, len(all))
	for i, g := range all {
		chosen[i] = g.ways[0]
	}
	for _, name := range names {
		question, answer, _ := strings.Cut(name, "=")
		i := slices.IndexFunc(all, func(g group) bool { return g.name == question })
		if i < 0 {
			return nil, fmt.Errorf("dialect: there is no quirk %q", name)
		}
		n := slices.IndexFunc(all[i].ways, func(w way) bool { return w.name == answer })
		if n < 0 {
			return nil, fmt.Errorf("dialect: there is no quirk %q, only %s", name, all[i].names())
		}
		chosen[i] = all[i].ways[n]
	}
	return chosen, nil
}

func (g group) names() string {
	var names []string
	for _, w := range g.ways {
		names = append(names, g.name+"="+w.name)
	}
	return strings.Join(names, ", ")
}
