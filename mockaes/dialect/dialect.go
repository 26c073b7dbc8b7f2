package dialect

import (
	"encoding/json"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Dialect is how a server spells what it sends and what it insists on. Make one with
// [New]; it does not change afterwards.
type Dialect struct {
	HeaderLast  HeaderRule
	Unknown     csta.FaultCode // refuses services that are not known
	Basic       bool           // Basic credentials open a socket
	EventsFirst bool           // events that a request causes come before its answer
	Resume      bool           // a session can be taken up again by its id
	DropsHaste  bool           // keys that come too fast are accepted, and lost
	LinkLoss    LinkRule       // what becomes of monitors when the link to the switch is lost
	NoInvert    bool           // invertFilter changes nothing
	DropsInvert bool           // and answers do not repeat it
	Licences    LicenceRule    // what needs a TSAPI Basic User licence

	NoTSAPILicence csta.FaultCode // refuses what there is no licence for
	NoDMCCLicence  csta.FaultCode // refuses a registration; "" answers it as any that fails

	textPayload func(name string) bool // which payloads travel as a string
	answerName  func(asked string) string
	eventName   func(name string) string
	eventID     int64
	noEventID   bool
	fault       func(f *csta.Fault) (wire.Kind, any)
	token       func(f wire.Frame, token string) bool
	hidden      map[string]bool       // names of services that are not known
	upper       bool                  // members begin with a capital
	reshape     []func(*tree)         // applied to payloads one after the other
	features    []func(*pbx.Features) // choices that are the switch's

	restEnvelope bool // answers over REST have a header
	restFault    func(a *RESTAnswer, known bool)
}

// HeaderRule is what becomes of a frame whose header is not the first member.
type HeaderRule int

// What can become of it.
const (
	Refuse HeaderRule = iota // it is answered with a fault
	Ignore                   // it is not answered
	Hangup                   // the connection ends
	Accept                   // it is as good as any
)

// LinkRule is what becomes of the monitors of devices and calls when AES loses its link
// to the switch. What happens meanwhile is reported to none of them, under any rule.
type LinkRule int

// What can become of them.
const (
	EndMonitors    LinkRule = iota // each is told that it was stopped
	KeepMonitors                   // they go on when the link is back
	ForgetMonitors                 // they are gone, and nobody is told
)

// New returns the dialect of AES 10.2, as far as it is known, with quirks of those
// names. An error says which name is not known, and what there is instead.
func New(names ...string) (*Dialect, error) {
	chosen, err := choose(names)
	if err != nil {
		return nil, err
	}
	d := &Dialect{hidden: make(map[string]bool)}
	for _, w := range chosen {
		w.set(d)
	}
	return d, nil
}

// Configure makes the choices of the dialect that concern the switch.
func (d *Dialect) Configure(f *pbx.Features) {
	for _, set := range d.features {
		set(f)
	}
}

// Knows reports whether a service may be asked for by that name.
func (d *Dialect) Knows(service string) bool { return !d.hidden[service] }

// Authorized reports whether a request carries the session's token where it has to.
func (d *Dialect) Authorized(f wire.Frame, token string) bool { return d.token(f, token) }

// encode makes a frame. The payload is a value for encoding/json.
func (d *Dialect) encode(h wire.Header, payload any) ([]byte, error) {
	h.TextPayload = d.textPayload(h.Name)
	changes := d.reshape
	if d.upper && !ofSession(h.Name) {
		changes = append(changes[:len(changes):len(changes)], capitals)
	}
	if len(changes) == 0 || payload == nil {
		return wire.Encode(h, payload)
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, err
	}
	t, err := parseTree(raw)
	if err != nil {
		return nil, err
	}
	for _, change := range changes {
		change(t)
	}
	return wire.Encode(h, t)
}

// Answer makes the answer to a request: a reply, or what refuses it.
func (d *Dialect) Answer(request wire.Frame, reply any, fault *csta.Fault) ([]byte, error) {
	h := wire.Header{
		Kind: wire.Response, Name: d.answerName(request.Name),
		InvokeID: request.InvokeID, NoID: !request.HasID,
	}
	if fault != nil {
		h.Kind, reply = d.fault(fault)
		if h.Kind == wire.Error {
			h.Name = request.Name
		}
	}
	return d.encode(h, reply)
}

// Event makes an event's frame.
func (d *Dialect) Event(ev csta.Event) ([]byte, error) {
	return d.encode(wire.Header{
		Kind: wire.Event, Name: d.eventName(ev.EventName()),
		InvokeID: d.eventID, NoID: d.noEventID,
	}, ev)
}

// The forms of a refusal (reference: inferred from DMCC's).

func cstaFault(f *csta.Fault) (wire.Kind, any) { return wire.Response, f }

// bareFault leaves the wrapper CSTAErrorCode out.
func bareFault(f *csta.Fault) (wire.Kind, any) {
	if strings.HasPrefix(string(f.Code), "session/") {
		return wire.Response, f
	}
	return wire.Response, map[string]string{f.Code.Category(): f.Code.Value()}
}

func errorFault(f *csta.Fault) (wire.Kind, any) { return wire.Error, f }

func textFault(f *csta.Fault) (wire.Kind, any) { return wire.Error, f.Error() }

// exceptionFault is what DMCC sends when something breaks inside of it.
func exceptionFault(f *csta.Fault) (wire.Kind, any) {
	if strings.HasPrefix(string(f.Code), "session/") {
		return wire.Response, f
	}
	type code map[string]string
	type exception struct {
		Class   string `json:"exceptionClass"`
		Message string `json:"message"`
		Trace   string `json:"stackTrace"`
		Code    code   `json:"CSTAErrorCode"`
	}
	return wire.Response, map[string]exception{"CSTAException": {
		Class: "ch.ecma.csta.errors.CSTAException", Message: f.Error(),
		Code: code{f.Code.Category(): f.Code.Value()},
	}}
}

// The places of the token (reference, the readings of the forum's thread).

func bySocket(wire.Frame, string) bool { return true }

func byMember(f wire.Frame, token string) bool { return f.Token == token }

func byBearer(f wire.Frame, token string) bool {
	scheme, value, _ := strings.Cut(f.Authorization, " ")
	return strings.EqualFold(scheme, "Bearer") && value == token
}
