package pbx

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// LabError is a mistake in a lab, told by its place.
type LabError struct {
	Place int    // of the switch among those of a server: that of its [Options]
	Path  string // of the field, such as VDNs[2].Vector
	Entry string // what has the mistake, such as VDN 8001; may be empty
	Err   error  // what is wrong, and what is wanted
}

// Error names the entry and says what is wrong.
func (e *LabError) Error() string {
	if e.Entry == "" {
		return "pbx: lab: " + e.Err.Error()
	}
	return "pbx: lab: " + e.Entry + ": " + e.Err.Error()
}

// Unwrap returns what is wrong.
func (e *LabError) Unwrap() error { return e.Err }

// mistake is a [LabError] of this switch.
func (s *Switch) mistake(path, entry, format string, args ...any) error {
	return &LabError{
		Place: int(s.place >> placeBits), Path: path, Entry: entry,
		Err: fmt.Errorf(format, args...),
	}
}

// item is the path of a field of the entry i of a list.
func item(list string, i int, field string) string {
	return fmt.Sprintf("%s[%d]%s", list, i, field)
}

// kindWords are what devices are called in errors.
var kindWords = map[kind]string{
	stationKind: "a station", skillKind: "a skill", agentKind: "an agent", vdnKind: "a VDN",
	announcementKind: "an announcement", huntKind: "a hunt group",
}

// codecs are those of RFC 3551 §6 by the names that the DMCC schema has, and g722, which is
// not among them: wideband telephones' own.
var codecs = []string{"g711U", "g711A", "g722", "g729", "g729A", "g723"}

// Codecs are the names that [Features].Codecs may have. The mock speaks and hears the first
// three; streams of the others can be counted.
func Codecs() []string { return slices.Clone(codecs) }

// Encryptions are the names that [Features].Encryption may have.
func Encryptions() []string { return []string{plain, srtp} }

// checkWord finds a word that is not known, or the second time in its list.
func checkWord(list []string, i int, known []string) error {
	switch {
	case !slices.Contains(known, list[i]):
		return errors.New("want " + strings.Join(known, " or "))
	case slices.Index(list, list[i]) < i:
		return errors.New("want each once")
	}
	return nil
}

// checkFeatures finds what a switch cannot be told by its features.
func (s *Switch) checkFeatures() error {
	f := s.features
	for i, name := range f.Codecs {
		if err := checkWord(f.Codecs, i, codecs); err != nil {
			return s.mistake(item("Features.Codecs", i, ""), fmt.Sprintf("codec %q", name),
				"%w", err)
		}
	}
	for i, name := range f.Encryption {
		if err := checkWord(f.Encryption, i, Encryptions()); err != nil {
			return s.mistake(item("Features.Encryption", i, ""),
				fmt.Sprintf("media encryption %q", name), "%w", err)
		}
	}
	switch t := f.EncryptedType; {
	case f.ConferenceSize < 2:
		return s.mistake("Features.ConferenceSize",
			fmt.Sprintf("conferences of %d", f.ConferenceSize), "want 2 parties or more")
	case f.Registrations < 1 || f.Registrations > maxRegistrations:
		return s.mistake("Features.Registrations",
			fmt.Sprintf("%d registrations", f.Registrations), "want 1 to %d", maxRegistrations)
	case f.OutstandingRegistrations < 1:
		return s.mistake("Features.OutstandingRegistrations",
			fmt.Sprintf("%d outstanding registrations", f.OutstandingRegistrations),
			"want at least one")
	case f.RegisterTime < 0:
		return s.mistake("Features.RegisterTime",
			fmt.Sprintf("registrations of %v", f.RegisterTime), "want no negative time")
	case t != 0 && (t < 96 || t > 127 || t == eventType):
		return s.mistake("Features.EncryptedType",
			fmt.Sprintf("payload type %d for protected audio", t),
			"want a dynamic one, 96 to 127, and not that of digits, %d", eventType)
	}
	return nil
}
