package wti

import (
	"errors"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// wireNames gives the name to try first for services whose name on the wire is not
// certain; the others are in [Quirks]. For the monitor no source says it; people
// call it 'monitor device' (WTI forum).
var wireNames = map[string]string{
	"MonitorStart":              "MonitorDevice",
	"MonitorStop":               "MonitorStop",
	"RegisterTerminalRequest":   "RegisterTerminalRequest",
	"UnregisterTerminalRequest": "UnregisterTerminalRequest",
	"GetThirdPartyDeviceId":     "GetThirdPartyDeviceId",
}

// isUnknownService reports whether a refusal says that the server does not know the
// name of the service, as against not wanting to carry it out.
func isUnknownService(err error) bool {
	f, ok := errors.AsType[*csta.Fault](err)
	if !ok {
		return false
	}
	switch f.Code {
	case csta.ServiceNotSupported, csta.UnknownMessage:
		return true
	}
	// The names of codes may stand in a text as well, without blanks.
	text := strings.ReplaceAll(strings.ToLower(f.Message), " ", "")
	for _, hint := range [...]string{
		"unknown", "notsupported", "unsupported", "unrecognized", "unrecognised", "nosuch",
		"noservice", "invalidmsgid", "http404",
	} {
		if f.Code.Category() == "unspecified" && strings.Contains(text, hint) {
			return true
		}
	}
	return false
}

// sameService compares the name on an answer with that of a request: answers are
// called X, XResponse or XPosResponse (X by the WTI forum, the others by DMCC).
func sameService(request, answer string) bool {
	for _, suffix := range [...]string{"", "Response", "PosResponse", "NegResponse"} {
		if strings.EqualFold(request+suffix, answer) {
			return true
		}
	}
	return false
}
