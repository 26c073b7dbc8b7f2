package lab

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// MaxSize is how large a lab file may be, in bytes.
const MaxSize = 4 << 20

// Base is what a lab file starts from.
type Base string

// What a file can start from.
const (
	Empty       Base = "empty"   // nothing: the default
	FromDefault Base = "default" // the default lab
)

// file is a lab file. The sections of the switch stand beside the others.
type file struct {
	Base     Base
	Switch   pbx.Lab   `lab:"inline"`
	Switches []pbx.Lab // further ones
	Users    []mockaes.User
	Quirks   []string
	Seed     uint64
	Limits   mockaes.Limits
	Licences mockaes.Licences
	Traffic  *mockaes.Traffic
}

// Error is a mistake in a lab file.
type Error struct {
	Line, Column int    // from 1; 0 if the mistake has no place
	Path         string // of the value, such as stations[3].extension; may be empty
	Err          error
}

// Error says where the mistake is and what is wrong.
func (e *Error) Error() string {
	text := "lab: "
	if e.Line > 0 {
		text += fmt.Sprintf("line %d: ", e.Line)
	}
	if e.Path != "" {
		text += e.Path + ": "
	}
	return text + e.Err.Error()
}

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// Parse reads a lab file and checks it, as far as that is possible without starting
// the server. The error is an [*Error].
func Parse(data []byte) (mockaes.Options, error) {
	var f file
	places, err := decode(data, &f)
	if err != nil {
		return mockaes.Options{}, err
	}
	if err := checkVectors(f.Switch.Vectors, "", places); err != nil {
		return mockaes.Options{}, err
	}
	for i, further := range f.Switches {
		if err := checkSwitch(further, fmt.Sprintf("switches[%d]", i), places); err != nil {
			return mockaes.Options{}, err
		}
	}
	o := mockaes.Options{
		Lab: &f.Switch, Switches: f.Switches, Users: f.Users, Quirks: f.Quirks, Seed: f.Seed,
		Limits: f.Limits, Licences: f.Licences, Traffic: f.Traffic,
	}
	if err := o.Check(); err != nil {
		return mockaes.Options{}, f.locate(err, places)
	}
	return o, nil
}

// checkSwitch finds mistakes in a further switch where its lines are known.
func checkSwitch(l pbx.Lab, path string, places places) error {
	if err := checkVectors(l.Vectors, path+".", places); err != nil {
		return err
	}
	err := errUnnamed
	if l.Name != "" && l.Node != 0 {
		dry, wrong := pbx.New(l, pbx.Options{})
		if wrong == nil {
			dry.Close()
			return nil
		}
		err = wrong
		if step, is := errors.AsType[*pbx.StepError](wrong); is {
			return places.failStep(l, path+".", step)
		}
	}
	return places.fail(path, err)
}

var errUnnamed = errors.New("a further switch needs a name and a node")

// fail is a mistake at a path.
func (p places) fail(path string, err error) error {
	at := p[path]
	return &Error{Line: at.Line, Column: at.Column, Path: path, Err: err}
}

// failStep is a step that names what a switch does not have.
func (p places) failStep(l pbx.Lab, within string, step *pbx.StepError) error {
	i := slices.IndexFunc(l.Vectors, func(v pbx.Vector) bool { return v.Number == step.Vector })
	path := fmt.Sprintf("%svectors[%d].steps[%d]", within, i, step.Step-1)
	return p.fail(path, fmt.Errorf("%q: %w", step.Text, step.Err))
}

// locate finds where a mistake stands that no part of the file has by itself.
func (f file) locate(err error, places places) error {
	var tie *pbx.TieError
	var step *pbx.StepError
	if !errors.As(err, &tie) && !errors.As(err, &step) {
		return &Error{Err: err}
	}
	for i, l := range append([]pbx.Lab{f.Switch}, f.Switches...) {
		within := ""
		if i > 0 {
			within = fmt.Sprintf("switches[%d].", i-1)
		}
		name := cmp.Or(l.Name, pbx.DefaultName)
		for j, g := range l.TrunkGroups {
			if tie != nil && name == tie.Switch && g.Number == tie.Group {
				return places.fail(fmt.Sprintf("%strunkGroups[%d]", within, j), tie.Err)
			}
		}
		if step != nil && name == step.Switch {
			return places.failStep(l, within, step)
		}
	}
	return &Error{Err: err}
}

// checkVectors finds mistakes in vectors where their lines in the file are known.
func checkVectors(vectors []pbx.Vector, within string, places places) error {
	for i, v := range vectors {
		_, err := vector.Parse(v.Steps)
		var mistake *vector.Error
		if !errors.As(err, &mistake) {
			continue
		}
		path := fmt.Sprintf("%svectors[%d].steps[%d]", within, i, mistake.Line-1)
		return places.fail(path, fmt.Errorf("%q: want %s", mistake.Text, mistake.Want))
	}
	return nil
}

// Default is the file of the default lab.
func Default() ([]byte, error) {
	return encode(file{Switch: pbx.DefaultLab(), Users: []mockaes.User{mockaes.DefaultUser}})
}

// Format writes the file of options. Their clock and log, and where they listen, have
// no place in it.
func Format(o mockaes.Options) ([]byte, error) {
	f := file{
		Switches: o.Switches, Users: o.Users, Quirks: o.Quirks, Seed: o.Seed,
		Limits: o.Limits, Licences: o.Licences, Traffic: o.Traffic,
	}
	if o.Lab != nil {
		f.Switch = *o.Lab
	}
	return encode(f)
}
