package lab

import (
	"errors"
	"fmt"

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
	Switch   pbx.Lab `lab:"inline"`
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
	if err := checkVectors(f.Switch.Vectors, places); err != nil {
		return mockaes.Options{}, err
	}
	o := mockaes.Options{
		Lab: &f.Switch, Users: f.Users, Quirks: f.Quirks, Seed: f.Seed,
		Limits: f.Limits, Licences: f.Licences, Traffic: f.Traffic,
	}
	if err := o.Check(); err != nil {
		return mockaes.Options{}, &Error{Err: err}
	}
	return o, nil
}

// checkVectors finds mistakes in vectors where their lines in the file are known.
func checkVectors(vectors []pbx.Vector, places places) error {
	for i, v := range vectors {
		_, err := vector.Parse(v.Steps)
		var mistake *vector.Error
		if !errors.As(err, &mistake) {
			continue
		}
		path := fmt.Sprintf("vectors[%d].steps[%d]", i, mistake.Line-1)
		at := places[path]
		return &Error{
			Line: at.Line, Column: at.Column, Path: path,
			Err: fmt.Errorf("%q: want %s", mistake.Text, mistake.Want),
		}
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
		Users: o.Users, Quirks: o.Quirks, Seed: o.Seed, Limits: o.Limits,
		Licences: o.Licences, Traffic: o.Traffic,
	}
	if o.Lab != nil {
		f.Switch = *o.Lab
	}
	return encode(f)
}
