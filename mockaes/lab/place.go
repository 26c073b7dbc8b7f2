package lab

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/token"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// places are where the values of a file stand, by their paths.
type places map[string]place

// place is where a value stands.
type place struct {
	token.Position
	text   string // of a single value, as it was written
	single bool
}

// locate tells a mistake that was found in what the file says with its line.
func (f file) locate(err error, places places) error {
	if tie, is := errors.AsType[*pbx.TieError](err); is {
		return places.fail(f.trunkGroup(tie), "", tie.Err)
	}
	if option, is := errors.AsType[*mockaes.OptionError](err); is {
		return places.fail(pathOf(option.Path), "", option.Err)
	}
	wrong, is := errors.AsType[*pbx.LabError](err)
	if !is {
		return &Error{Err: err}
	}
	path, err := pathOf(wrong.Path), wrong.Err
	if wrong.Place > 0 {
		path = fmt.Sprintf("switches[%d].%s", wrong.Place-1, path)
	}
	if step, is := errors.AsType[*vector.Error](err); is {
		path = fmt.Sprintf("%s[%d]", path, step.Line-1)
		err = fmt.Errorf("want %s", step.Want)
	}
	return places.fail(path, wrong.Entry, err)
}

// fail is a mistake of an entry at a path. Where the file does not have the value itself, the
// line is that of what should have it.
func (p places) fail(path, entry string, err error) error {
	e := &Error{Path: path, Err: err}
	at, exact := p[path]
	written := exact
	for part := path; !written; {
		if part = part[:max(strings.LastIndexAny(part, ".["), 0)]; part == "" {
			break
		}
		at, written = p[part]
	}
	e.Line, e.Column = at.Line, at.Column
	switch {
	case exact && entry != "" && at.single:
		if quoted := strconv.Quote(at.text); !strings.Contains(err.Error(), quoted) {
			e.Err = fmt.Errorf("%s: %w", quoted, err)
		}
	case entry != "":
		e.Err = fmt.Errorf("%s: %w", entry, err)
	}
	if section, _, _ := strings.Cut(path, "["); !written && section != "" {
		e.Err = fmt.Errorf("%w (the file has no section %s of its own)", e.Err, section)
	}
	return e
}

// trunkGroup is the path of a tie trunk group.
func (f file) trunkGroup(tie *pbx.TieError) string {
	for i, l := range append([]pbx.Lab{f.Switch}, f.Switches...) {
		within := ""
		if i > 0 {
			within = fmt.Sprintf("switches[%d].", i-1)
		}
		for j, g := range l.TrunkGroups {
			if cmp.Or(l.Name, pbx.DefaultName) == tie.Switch && g.Number == tie.Group {
				return fmt.Sprintf("%strunkGroups[%d]", within, j)
			}
		}
	}
	return ""
}

// checkQuirks finds a second way of one group, which would take the place of the first.
func checkQuirks(names []string, places places) error {
	chosen := map[string]string{}
	for i, name := range names {
		group, _, _ := strings.Cut(name, "=")
		if first, twice := chosen[group]; twice {
			return places.fail(fmt.Sprintf("quirks[%d]", i), "",
				fmt.Errorf("%s is there already: want one of %s", first, group))
		}
		chosen[group] = name
	}
	return nil
}

// pathOf makes the path in a file of that in Go: vdns[2].vector of VDNs[2].Vector.
func pathOf(fields string) string {
	parts := strings.Split(fields, ".")
	for i, part := range parts {
		name, index, listed := strings.Cut(part, "[")
		parts[i] = keyOf(name)
		if listed {
			parts[i] += "[" + index
		}
	}
	return strings.Join(parts, ".")
}
