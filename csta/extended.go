package csta

import (
	"encoding/json"
	"slices"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// Presence says why an [ExtendedDeviceID] names no device (DMCC schema: the
// empty alternatives of the choice).
type Presence string

// The alternatives to a device.
const (
	Known        Presence = ""             // Device says which
	NotKnown     Presence = "notKnown"     // the switch cannot tell
	Restricted   Presence = "restricted"   // the switch must not tell
	NotRequired  Presence = "notRequired"  // no redirection took place
	NotSpecified Presence = "notSpecified" // nothing is said about it
)

// ExtendedDeviceID is a party in an event: a device, or the reason why none is
// given. It stands for SubjectDeviceID, CallingDeviceID, CalledDeviceID and
// their kin, which differ in name only (DMCC schema).
type ExtendedDeviceID struct {
	Device   DeviceID
	Presence Presence
}

// Party is the ExtendedDeviceID of a known device, NotKnown for none.
func Party(d DeviceID) ExtendedDeviceID {
	if d == "" {
		return ExtendedDeviceID{Presence: NotKnown}
	}
	return ExtendedDeviceID{Device: d}
}

// IsZero reports whether the member was absent.
func (d ExtendedDeviceID) IsZero() bool { return d == ExtendedDeviceID{} }

// MarshalJSON writes {"deviceIdentifier":"..."} or {"notKnown":{}}.
func (d ExtendedDeviceID) MarshalJSON() ([]byte, error) {
	return marshalChoice("deviceIdentifier", d.Device, d.Presence)
}

func (d *ExtendedDeviceID) decodeJSON(c *scan.Cursor) (err error) {
	d.Device, d.Presence, err = decodeChoice(c)
	return err
}

// RedirectionDeviceID is the device that a call was last redirected from; its
// device is called numberDialed on the wire (DMCC schema).
type RedirectionDeviceID struct {
	Device   DeviceID
	Presence Presence
}

// Redirection is the RedirectionDeviceID of a device, NotRequired for none.
func Redirection(d DeviceID) RedirectionDeviceID {
	if d == "" {
		return RedirectionDeviceID{Presence: NotRequired}
	}
	return RedirectionDeviceID{Device: d}
}

// IsZero reports whether the member was absent.
func (d RedirectionDeviceID) IsZero() bool { return d == RedirectionDeviceID{} }

// MarshalJSON writes {"numberDialed":"..."} or {"notRequired":{}}.
func (d RedirectionDeviceID) MarshalJSON() ([]byte, error) {
	return marshalChoice("numberDialed", d.Device, d.Presence)
}

func (d *RedirectionDeviceID) decodeJSON(c *scan.Cursor) (err error) {
	d.Device, d.Presence, err = decodeChoice(c)
	return err
}

func marshalChoice(name string, d DeviceID, p Presence) ([]byte, error) {
	if d == "" && p != Known {
		return json.Marshal(map[Presence]struct{}{p: {}})
	}
	text, err := json.Marshal(string(d))
	return slices.Concat([]byte(`{"`), []byte(name), []byte(`":`), text, []byte(`}`)), err
}

// decodeChoice reads a device, wrapped or bare, or an empty alternative in any of
// its forms: {"notKnown":{}}, {"notKnown":null}, {"notKnown":""}, "notKnown".
func decodeChoice(c *scan.Cursor) (d DeviceID, p Presence, err error) {
	if c.Kind() != '{' {
		text, err := c.Text()
		if p, ok := presence(text); ok {
			return "", p, err
		}
		return DeviceID(text), Known, err
	}
	err = c.Members(func(name []byte) error {
		alternative, ok := presence(name)
		switch {
		case ok && c.Kind() != 'f':
			p = alternative
		case isDeviceName(name):
			return d.decodeJSON(c) // it may be wrapped once more
		}
		return c.Skip()
	})
	if d != "" {
		p = Known
	}
	return d, p, err
}

func presence[Text string | []byte](text Text) (Presence, bool) {
	for _, p := range [...]Presence{NotKnown, Restricted, NotRequired, NotSpecified} {
		if equalFold(text, string(p)) {
			return p, true
		}
	}
	return Known, false
}
