package dialect

import (
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

const startService = "StartApplicationSession"

// envelopeGroups concern names, headers and refusals. What a way rests on: seen (WTI
// forum), dmcc (DMCC schema, samples), guess.
var envelopeGroups = []group{
	{"payload", []way{
		{"string-start", "the start answer's payload is a string of JSON [seen]", func(d *Dialect) {
			d.textPayload = func(name string) bool { return strings.HasPrefix(name, startService) }
		}},
		{"string-all", "every payload is a string of JSON [guess]", func(d *Dialect) {
			d.textPayload = func(string) bool { return true }
		}},
		{"object", "no payload is a string [guess: later releases]", func(d *Dialect) {
			d.textPayload = func(string) bool { return false }
		}},
	}},
	{"token", []way{
		{"socket", "the upgrade's credentials hold for the socket [seen]", func(d *Dialect) {
			d.token = bySocket
		}},
		{"header.token", "every request carries header.token [guess]", func(d *Dialect) {
			d.token = byMember
		}},
		{"header.Authorization", "every request carries a Bearer [guess]", func(d *Dialect) {
			d.token = byBearer
		}},
	}},
	{"monitor", []way{
		{"both", "MonitorStart and MonitorDevice are known [guess]", keep},
		{"MonitorStart", "DMCC's name only [guess]", func(d *Dialect) {
			d.hide("MonitorDevice", "StartMonitor", "MonitorDeviceStart", "StopMonitor")
		}},
		{"MonitorDevice", "the forum's words only [guess]", func(d *Dialect) {
			d.hide("MonitorStart", "StartMonitor", "MonitorDeviceStart", "StopMonitor")
		}},
		{
			"StartMonitor", "StartMonitor and StopMonitor only, as TSAPI has it [guess]",
			func(d *Dialect) {
				d.hide("MonitorStart", "MonitorDevice", "MonitorDeviceStart", "MonitorStop")
			},
		},
	}},
	{"register", []way{
		{"both", "RegisterTerminal with and without Request [guess]", keep},
		{"RegisterTerminal", "without Request only [guess]", func(d *Dialect) {
			d.hide("RegisterTerminalRequest", "UnregisterTerminalRequest")
		}},
		{"RegisterTerminalRequest", "DMCC's name only [dmcc]", func(d *Dialect) {
			d.hide("RegisterTerminal", "UnregisterTerminal")
		}},
	}},
	{"thirdparty", []way{
		{"own", "GetThirdPartyDeviceId is known [dmcc]", keep},
		{"none", "GetDeviceId serves every number [guess]", func(d *Dialect) {
			d.hide("GetThirdPartyDeviceId", "GetThirdPartyDeviceID")
		}},
	}},
	{"answer", []way{
		{"X", "an answer has the name of its request [seen]", func(d *Dialect) {
			d.answerName = func(asked string) string { return asked }
		}},
		{"XResponse", "an answer is called XResponse [dmcc]", func(d *Dialect) {
			d.answerName = func(asked string) string { return asked + "Response" }
		}},
		{"XPosResponse", "an answer is called XPosResponse [dmcc: sessions]", func(d *Dialect) {
			d.answerName = func(asked string) string { return asked + "PosResponse" }
		}},
	}},
	{"fault", []way{
		{"CSTAErrorCode", "a refusal is a response with CSTAErrorCode [dmcc]", func(d *Dialect) {
			d.fault = cstaFault
		}},
		{"bare", "the same without the wrapper [guess]", func(d *Dialect) { d.fault = bareFault }},
		{"error", "a refusal has headerType error [guess]", func(d *Dialect) {
			d.fault = errorFault
		}},
		{"text", "headerType error, and plain text [guess]", func(d *Dialect) {
			d.fault = textFault
		}},
		{"exception", "a refusal is a CSTAException [dmcc]", func(d *Dialect) {
			d.fault = exceptionFault
		}},
	}},
	{"event", []way{
		{"XEvent", "events have DMCC's names [dmcc]", func(d *Dialect) {
			d.eventName = func(name string) string { return name }
		}},
		{"X", "events lack the suffix Event [guess]", func(d *Dialect) {
			d.eventName = func(name string) string { return strings.TrimSuffix(name, "Event") }
		}},
		{"Transferred", "TransferredEvent has two r [guess]", func(d *Dialect) {
			d.eventName = func(name string) string {
				return strings.Replace(name, "TransferedEvent", "TransferredEvent", 1)
			}
		}},
	}},
	{"event-id", []way{
		{"9999", "events carry the invokeId 9999 [dmcc]", func(d *Dialect) { d.eventID = 9999 }},
		{"0", "events carry the invokeId 0 [guess]", func(d *Dialect) { d.eventID = 0 }},
		{"none", "events carry no invokeId [guess]", func(d *Dialect) { d.noEventID = true }},
	}},
	{"header", []way{
		{"refuse", "a frame whose header is not first is refused [seen]", headerLast(Refuse)},
		{"ignore", "such a frame is not answered [seen: or this]", headerLast(Ignore)},
		{"close", "such a frame ends the connection [guess]", headerLast(Hangup)},
		{"any", "the order does not matter [guess: later releases]", headerLast(Accept)},
	}},
	{"unknown", []way{
		{"serviceNotSupported", "for a service that is not known [guess]", func(d *Dialect) {
			d.Unknown = csta.ServiceNotSupported
		}},
		{"invalidMsgID", "for a service that is not known [guess]", func(d *Dialect) {
			d.Unknown = csta.UnknownMessage
		}},
	}},
}

func keep(*Dialect) {}

func headerLast(rule HeaderRule) func(*Dialect) {
	return func(d *Dialect) { d.HeaderLast = rule }
}

func (d *Dialect) hide(names ...string) {
	for _, name := range names {
		d.hidden[name] = true
	}
}
