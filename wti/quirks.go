package wti

import (
	"errors"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// Quirk is one way in which a server may differ from what we try first, and how it
// is found out. The mock AES shows each under the same name.
type Quirk struct {
	Name  string // as the mock calls it, and the recording in testdata/quirks
	Since string // the first release of AES that is known to have it; "" for unknown
	Doc   string

	// hint reports whether a refusal of a request looks as if the server had it.
	hint func(service string, err error) bool
	// adopt changes how the request is spoken; false if that would change nothing.
	adopt func(service string, sp *speech) bool
}

// Quirks are the deviations that a session finds out by itself. Those in the shape
// of what a server sends are not here: decoding takes every shape (package csta).
func Quirks() []Quirk { return quirks }

var quirks = []Quirk{
	{
		Name: "monitor=MonitorStart", Doc: "the monitor request has its DMCC name",
		hint: unknownService, adopt: renamed("MonitorStart", "MonitorStart"),
	},
	{
		Name: "monitor=StartMonitor", Doc: "the monitor request has its TSAPI-like name",
		hint: unknownService, adopt: renamed("MonitorStart", "StartMonitor"),
	},
	{
		Name: "monitor=StopMonitor", Doc: "the request to stop a monitor, likewise",
		hint: unknownService, adopt: renamed("MonitorStop", "StopMonitor"),
	},
	{
		Name: "register=RegisterTerminal", Doc: "registration without the suffix Request",
		hint: unknownService, adopt: renamed("RegisterTerminalRequest", "RegisterTerminal"),
	},
	{
		Name: "register=UnregisterTerminal", Doc: "its counterpart, likewise",
		hint: unknownService, adopt: renamed("UnregisterTerminalRequest", "UnregisterTerminal"),
	},
	{
		Name: "device=GetDeviceId", Doc: "one service gives the ids of all devices",
		hint: unknownService, adopt: renamed("GetThirdPartyDeviceId", "GetDeviceId"),
	},
	{
		Name: "token=header.token", Doc: "requests carry the token in header.token",
		hint: looksUnauthorized, adopt: tokenAt(TokenMember),
	},
	{
		Name: "token=header.Authorization",
		Doc:  "requests carry the token in header.Authorization, as Bearer",
		hint: looksUnauthorized, adopt: tokenAt(TokenAuthorization),
	},
	{
		Name: "fields=upper", Doc: "members of all payloads begin with a capital",
		hint: looksMisspelt, adopt: fieldsIn(FieldsUpper),
	},
}

func renamed(service, name string) func(string, *speech) bool {
	return func(asked string, sp *speech) bool {
		if asked != service || sp.name == name {
			return false
		}
		sp.name = name
		return true
	}
}

func tokenAt(place TokenPlace) func(string, *speech) bool {
	return func(_ string, sp *speech) bool {
		changed := sp.token != place
		sp.token = place
		return changed
	}
}

func fieldsIn(style FieldStyle) func(string, *speech) bool {
	return func(service string, sp *speech) bool {
		changed := sp.fields != style && !isSessionService(service)
		sp.fields = style
		return changed
	}
}

func unknownService(_ string, err error) bool { return isUnknownService(err) }

// looksUnauthorized: the server wants to know who asks, though the socket has said.
func looksUnauthorized(service string, err error) bool {
	f, ok := errors.AsType[*csta.Fault](err)
	if !ok || service == (csta.StartApplicationSession{}).Service() {
		return false
	}
	text := strings.ToLower(string(f.Code) + " " + f.Message)
	return containsAny(text, "security/", "unauthor", "authori", "authent", "401", "token",
		"not logged", "no session")
}

// looksMisspelt: the server misses what we have sent under another name.
func looksMisspelt(_ string, err error) bool {
	f, ok := errors.AsType[*csta.Fault](err)
	if !ok {
		return false
	}
	if strings.HasSuffix(string(f.Code), "/atLeastOneConditionalParameterNotProvided") {
		return true
	}
	return containsAny(strings.ToLower(f.Message), "missing", "mandatory", "required",
		"bad request", "unrecognized field", "unknown field", "malformed")
}

func containsAny(text string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
