package lab

import (
	"fmt"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
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
// the server and without its sounds. The error is an [*Error].
func Parse(data []byte) (mockaes.Options, error) {
	o, _, err := read(data)
	return o, err
}

// ParseIn reads a lab file as [Parse] does, and checks its sounds as well. Recordings are
// those of a directory, which becomes that of the options. The error is an [*Error].
func ParseIn(dir string, data []byte) (mockaes.Options, error) {
	o, locate, err := read(data)
	if err != nil {
		return o, err
	}
	o.AudioDir = dir
	if err := o.CheckSounds(); err != nil {
		return mockaes.Options{}, locate(err)
	}
	return o, nil
}

// read is the options of a file, and what finds the line of a mistake in them.
func read(data []byte) (o mockaes.Options, locate func(error) error, err error) {
	var f file
	places, err := decode(data, &f)
	if err != nil {
		return o, nil, err
	}
	o = mockaes.Options{
		Lab: &f.Switch, Switches: f.Switches, Users: f.Users, Quirks: f.Quirks, Seed: f.Seed,
		Limits: f.Limits, Licences: f.Licences, Traffic: f.Traffic,
	}
	if err := checkQuirks(f.Quirks, places); err != nil {
		return mockaes.Options{}, nil, err
	}
	locate = func(err error) error { return f.locate(err, places) }
	if err := o.Check(); err != nil {
		return mockaes.Options{}, nil, locate(err)
	}
	return o, locate, nil
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
