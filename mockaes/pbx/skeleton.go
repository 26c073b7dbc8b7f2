package pbx

import (
	"log/slog"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Options configures [New]. The zero value is ready to use.
type Options struct {
	Clock Clock        // nil is RealClock
	Seed  uint64       // of everything that is left to chance
	Media Media        // nil: nothing is to be heard
	Log   *slog.Logger // nil discards
}

// Switch is a simulated Communication Manager. Its methods may be called from any
// goroutine.
type Switch struct{}

// New builds the switch of a lab. An error names the mistake in the lab.
func New(lab Lab, o Options) (*Switch, error) { return &Switch{}, nil }

// Close ends all that the switch would still do on its own.
func (s *Switch) Close() {}

// DeviceID is the id of a number: of a device to control, or (thirdParty) of any.
func (s *Switch) DeviceID(switchName, ext string, thirdParty bool) (csta.DeviceID, error) {
	return "", nil
}

func (s *Switch) MakeCall(req csta.MakeCall) (r csta.CallMade, err error)       { return }
func (s *Switch) AnswerCall(req csta.AnswerCall) (err error)                    { return }
func (s *Switch) HoldCall(req csta.HoldCall) (err error)                        { return }
func (s *Switch) RetrieveCall(req csta.RetrieveCall) (err error)                { return }
func (s *Switch) ClearConnection(req csta.ClearConnection) (err error)          { return }
func (s *Switch) DeflectCall(req csta.DeflectCall) (err error)                  { return }
func (s *Switch) GenerateDigits(req csta.GenerateDigits) (err error)            { return }
func (s *Switch) AlternateCall(req csta.AlternateCall) (err error)              { return }
func (s *Switch) ReconnectCall(req csta.ReconnectCall) (err error)              { return }
func (s *Switch) TransferCall(req csta.TransferCall) (r csta.CallTransferred, err error) {
	return
}
func (s *Switch) SingleStepTransferCall(req csta.SingleStepTransferCall) (r csta.CallTransferred, err error) {
	return
}
func (s *Switch) ConferenceCall(req csta.ConferenceCall) (r csta.CallConferenced, err error) {
	return
}
func (s *Switch) ConsultationCall(req csta.ConsultationCall) (r csta.ConsultationMade, err error) {
	return
}
func (s *Switch) SnapshotDevice(req csta.SnapshotDevice) (r csta.DeviceSnapshot, err error) { return }
func (s *Switch) SnapshotCall(req csta.SnapshotCall) (r csta.CallSnapshot, err error)       { return }
func (s *Switch) SetAgentState(req csta.SetAgentState) (r csta.AgentStateSet, err error)    { return }
func (s *Switch) GetAgentState(req csta.GetAgentState) (r csta.AgentStateReply, err error)  { return }

// Monitor starts a monitor.
func (s *Switch) Monitor(req csta.MonitorStart, ref csta.MonitorCrossRefID,
	deliver func(csta.Event)) (stop func(), err error) {
	return func() {}, nil
}

// Register takes control of a station for owner.
func (s *Switch) Register(req csta.RegisterTerminal, owner any) (r csta.TerminalRegistered) { return }

// Unregister gives a station back.
func (s *Switch) Unregister(req csta.UnregisterTerminal, owner any) (r csta.TerminalReleased) {
	return
}

// ForceUnregister ends all registrations of a device, as an administrator would.
func (s *Switch) ForceUnregister(ext, reason string) {}

// ReleaseOwner ends all registrations that owner holds, without events.
func (s *Switch) ReleaseOwner(owner any) {}

// DigitsHeard tells the switch that a terminal dialled digits (RFC 4733).
func (s *Switch) DigitsHeard(leg LegID, digits string) {}

// IncomingCall is a call from outside.
type IncomingCall struct {
	From       string // the caller's number; empty: not known
	To         string // what was dialled: any number of the switch
	TrunkGroup int    // 0: the first of the lab
	UUI        string
	Says       string        // what the caller says: wav:FILE, tone:HZ, dtmf:DIGITS, silence
	Patience   time.Duration // gives up when nobody answers for so long; 0: never
	Talk       time.Duration // hangs up so long after somebody answered; 0: never
}

// IncomingCall places a call from outside. The connection is the caller's.
func (s *Switch) IncomingCall(in IncomingCall) (id csta.ConnectionID, err error) { return }

// OutsideHangUp makes an outside party hang up.
func (s *Switch) OutsideHangUp(id csta.ConnectionID) error { return nil }

// OutsideDigits makes an outside party dial DTMF digits.
func (s *Switch) OutsideDigits(id csta.ConnectionID, digits string) error { return nil }

// OutsideAnswer makes an outside party answer now.
func (s *Switch) OutsideAnswer(id csta.ConnectionID) error { return nil }
