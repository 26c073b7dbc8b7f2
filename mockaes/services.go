package mockaes

import (
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

const startService = "StartApplicationSession"

// services has what can be asked for, by every name that it may be asked by.
var services = withAliases(map[string]service{
	startService:                   open(startSession),
	"ResetApplicationSessionTimer": open(resetTimer),
	"StopApplicationSession":       open(stopSession),

	"GetDeviceId":           handle(deviceID),
	"GetThirdPartyDeviceId": handle(thirdPartyDeviceID),
	"ReleaseDeviceId":       handle(releaseDeviceID),

	"MonitorStart": handle(startMonitor),
	"MonitorStop":  handle(stopMonitor),

	"RegisterTerminalRequest":   handle(registerTerminal),
	"UnregisterTerminalRequest": handle(unregisterTerminal),

	"MakeCall": at(func(r csta.MakeCall) csta.DeviceID { return r.From },
		(*pbx.Switch).MakeCall),
	"AnswerCall": at(func(r csta.AnswerCall) csta.DeviceID { return r.Target.Device },
		done((*pbx.Switch).AnswerCall)),
	"ClearConnection": at(func(r csta.ClearConnection) csta.DeviceID { return r.Target.Device },
		done((*pbx.Switch).ClearConnection)),
	"HoldCall": at(func(r csta.HoldCall) csta.DeviceID { return r.Target.Device },
		done((*pbx.Switch).HoldCall)),
	"RetrieveCall": at(func(r csta.RetrieveCall) csta.DeviceID { return r.Target.Device },
		done((*pbx.Switch).RetrieveCall)),
	"DeflectCall": at(func(r csta.DeflectCall) csta.DeviceID { return r.Target.Device },
		done((*pbx.Switch).DeflectCall)),
	"GenerateDigits": at(func(r csta.GenerateDigits) csta.DeviceID { return r.Target.Device },
		done((*pbx.Switch).GenerateDigits)),
	"ConsultationCall": at(func(r csta.ConsultationCall) csta.DeviceID { return r.Existing.Device },
		(*pbx.Switch).ConsultationCall),
	"AlternateCall": at(func(r csta.AlternateCall) csta.DeviceID { return r.Active.Device },
		done((*pbx.Switch).AlternateCall)),
	"ReconnectCall": at(func(r csta.ReconnectCall) csta.DeviceID { return r.Active.Device },
		done((*pbx.Switch).ReconnectCall)),
	"TransferCall": at(func(r csta.TransferCall) csta.DeviceID { return r.Active.Device },
		(*pbx.Switch).TransferCall),
	"ConferenceCall": at(func(r csta.ConferenceCall) csta.DeviceID { return r.Active.Device },
		(*pbx.Switch).ConferenceCall),
	"SingleStepTransferCall": at(
		func(r csta.SingleStepTransferCall) csta.DeviceID { return r.Active.Device },
		(*pbx.Switch).SingleStepTransferCall),
	"SnapshotDevice": at(func(r csta.SnapshotDevice) csta.DeviceID { return r.Device },
		(*pbx.Switch).SnapshotDevice),
	"SnapshotCall": at(func(r csta.SnapshotCall) csta.DeviceID { return r.Call.Device },
		(*pbx.Switch).SnapshotCall),

	"SetAgentState": at(func(r csta.SetAgentState) csta.DeviceID { return r.Device },
		(*pbx.Switch).SetAgentState),
	"GetAgentState": at(func(r csta.GetAgentState) csta.DeviceID { return r.Device },
		(*pbx.Switch).GetAgentState),
})

// aliases are other names under which the sources suggest that a service may be
// asked for. The answer has the name of the request.
var aliases = map[string]string{
	"GetDeviceID": "GetDeviceId", "GetThirdPartyDeviceID": "GetThirdPartyDeviceId",
	"ReleaseDeviceID": "ReleaseDeviceId",
	"MonitorDevice":   "MonitorStart", "StartMonitor": "MonitorStart",
	"MonitorDeviceStart": "MonitorStart", "StopMonitor": "MonitorStop",
	"RegisterTerminal":   "RegisterTerminalRequest",
	"UnregisterTerminal": "UnregisterTerminalRequest",
}

func withAliases(table map[string]service) map[string]service {
	for alias, name := range aliases {
		table[alias] = table[name]
	}
	return table
}

// opensSession reports whether a request comes before there can be a token.
func opensSession(name string) bool { return strings.HasPrefix(name, startService) }
