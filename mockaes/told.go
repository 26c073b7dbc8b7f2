package mockaes

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/wtiphone/wtiphone/csta"
)

// told is an event of a tester's own. Its payload is sent as it stands, but for the id of
// the monitor and for what the dialect makes of every payload.
type told struct {
	csta.Monitored
	name string
	body map[string]json.RawMessage
}

// EventName is the name on the wire.
func (t told) EventName() string { return t.name }

// MarshalJSON is the payload with the monitor's id.
func (t told) MarshalJSON() ([]byte, error) {
	ref, err := json.Marshal(t.CrossRefID)
	if err != nil {
		return nil, err
	}
	t.body["monitorCrossRefID"] = ref
	return json.Marshal(t.body)
}

// maxEventName bounds the name of such an event.
const maxEventName = 100

// adminEvent sends an event that nothing here causes to every monitor of a device: one that
// no public source explains, or that a later release may have. Filters do not stop it.
func (s *Server) adminEvent(r *http.Request) (any, error) {
	body, err := read[struct {
		Device  csta.DeviceID              `json:"device"`
		Event   string                     `json:"event"`
		Payload map[string]json.RawMessage `json:"payload"`
	}](r)
	switch {
	case err != nil:
		return nil, err
	case body.Device == "":
		return nil, needed("device", "", "that whose monitors are told")
	case body.Event == "" || len(body.Event) > maxEventName:
		return nil, badRequest(fmt.Errorf("event: a name of up to %d bytes is missing",
			maxEventName))
	case body.Payload == nil:
		body.Payload = map[string]json.RawMessage{}
	}
	n := s.tell(body.Device, told{name: body.Event, body: body.Payload})
	if n == 0 {
		return nil, fmt.Errorf("no session has a monitor of %.60q", body.Device)
	}
	return map[string]int{"monitors": n}, nil
}

// tell sends an event to all monitors of a device and counts them.
func (s *Server) tell(device csta.DeviceID, ev told) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.exchangeOf(device)
	for _, h := range inOrder(s.sessions) {
		for _, m := range h.monitorsInOrder() {
			if object := m.req.Object; object.Device.Extension() == device.Extension() &&
				object.Device != "" && object.Call == nil && m.at == at {
				ev.CrossRefID = m.ref
				m.deliver(ev)
				n++
			}
		}
	}
	return n
}
