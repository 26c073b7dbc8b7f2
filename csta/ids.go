package csta

import (
	"cmp"
	"log/slog"
	"strings"

	"github.com/wtiphone/wtiphone/internal/scan"
)

// DeviceID names a device: extension:switchName:switchIPInterface:instance, for
// example 5590:CM55:0.0.0.0:0 (WTI forum). It is opaque: send what the server
// gave, take it apart for display only. A bare number is a device too.
type DeviceID string

// Extension is the device's number: the part before the first colon.
func (d DeviceID) Extension() string {
	ext, _, _ := strings.Cut(string(d), ":")
	return ext
}

// SwitchName is the name of the device's switch, "" where the id has none.
func (d DeviceID) SwitchName() string {
	_, rest, _ := strings.Cut(string(d), ":")
	name, _, _ := strings.Cut(rest, ":")
	return name
}

// Same reports whether two ids name one device. The same device may appear with
// different interface parts in different events, so extension and switch name
// decide, without regard to case; a missing switch name matches any (inferred).
func (d DeviceID) Same(other DeviceID) bool {
	if d == "" || other == "" {
		return false
	}
	a, b := d.SwitchName(), other.SwitchName()
	return strings.EqualFold(d.Extension(), other.Extension()) &&
		(a == "" || b == "" || strings.EqualFold(a, b))
}

func (d *DeviceID) decodeJSON(c *scan.Cursor) error {
	if c.Kind() != '{' {
		text, err := c.Text()
		*d = DeviceID(text)
		return err
	}
	return c.Members(func(name []byte) error {
		if !isDeviceName(name) {
			return c.Skip()
		}
		text, err := c.Text()
		*d = DeviceID(text)
		return err
	})
}

// isDeviceName reports whether a member of a wrapped device holds its id: the names
// of the alternatives in the DMCC schema.
func isDeviceName(name []byte) bool {
	return equalFold(name, "deviceIdentifier") || equalFold(name, "deviceID") ||
		equalFold(name, "numberDialed")
}

// CallID numbers a call within its switch: decimal text such as "179" (DMCC
// samples). A call keeps it until a transfer or conference merges two calls.
type CallID string

// MonitorCrossRefID names a monitor: every event carries that of the monitor it
// was sent for (DMCC schema).
type MonitorCrossRefID string

// ConnectionID names one device's part in one call (ECMA-269, 12.3.4).
type ConnectionID struct {
	Call   CallID   `json:"callID,omitempty"`
	Device DeviceID `json:"deviceID,omitempty"`
}

// IsZero reports whether the id names nothing.
func (id ConnectionID) IsZero() bool { return id == ConnectionID{} }

// Same reports whether two ids name one connection ([DeviceID.Same]).
func (id ConnectionID) Same(other ConnectionID) bool {
	return id.Call == other.Call && id.Device.Same(other.Device)
}

// String is the id for messages to people: call@extension.
func (id ConnectionID) String() string {
	return string(id.Call) + "@" + cmp.Or(id.Device.Extension(), "?")
}

// LogValue groups the parts under the keys call and device.
func (id ConnectionID) LogValue() slog.Value {
	return slog.GroupValue(slog.String("call", string(id.Call)),
		slog.String("device", string(id.Device)))
}
