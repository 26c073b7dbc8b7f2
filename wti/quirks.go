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

	// hint reports whether a refusal of a request looks as if the server had it. Nil
	// where no refusal does.
	hint func(service string, err error) bool
	// adopt changes how the request is spoken; false if that would change nothing.
	adopt func(service string, sp *speech) bool

	// shown reports whether the answer to a monitor with a filter, which says that true
	// asks for an event, shows that the server has it. Nil where no answer does.
	shown func(reply csta.MonitorStarted) bool
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
		Name: "monitor=StartMonitor", Doc: "monitors have TSAPI-like names: Start-, StopMonitor",
		hint:  unknownService,
		adopt: renamed("MonitorStart", "StartMonitor", "MonitorStop", "StopMonitor"),
	},
	{
		Name: "register=RegisterTerminal", Doc: "registration lacks the suffix Request",
		hint: unknownService,
		adopt: renamed("RegisterTerminalRequest", "RegisterTerminal",
			"UnregisterTerminalRequest", "UnregisterTerminal"),
	},
	{
		Name: "thirdparty=none", Doc: "GetDeviceId gives the ids of all devices",
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
	{
		Name: "filter=ecma", Doc: "true in a filter suppresses, whatever invertFilter says",
		shown: notInverted,
	},
	{
		Name: misread, Doc: "likewise, but answers repeat invertFilter: events show it",
	},
}

// renamed gives services other names, which follow them in pairs.
func renamed(pairs ...string) func(string, *speech) bool {
	return func(asked string, sp *speech) bool {
		for i := 0; i < len(pairs); i += 2 {
			if name := pairs[i+1]; asked == pairs[i] && sp.name != name {
				sp.name = name
				return true
			}
		}
		return false
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
