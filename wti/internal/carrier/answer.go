package carrier

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// answerOf makes the frame that answers a request of what HTTP brought. The body is
// the bare payload; a whole envelope is taken as well. Whatever is no success and
// holds no fault is a refusal in the server's words. payload is nil for a refusal.
func answerOf(request wire.Frame, status int, body []byte) (frame, payload []byte) {
	h := wire.Header{Kind: wire.Response, Name: request.Name, InvokeID: request.InvokeID}
	body = bytes.TrimSpace(body)
	if inner, err := wire.Parse(body); err == nil {
		if body = inner.Payload; inner.IsText {
			body, _ = json.Marshal(string(body)) // a string always encodes
		}
		if inner.Kind == wire.Error || inner.Kind == wire.Exception {
			h.Kind = inner.Kind
		}
	}
	success := status >= 200 && status < 300 && h.Kind == wire.Response
	if len(body) == 0 && success {
		body = []byte("{}")
	}
	if json.Valid(body) {
		_, fault := csta.DecodeFault(body)
		if success || fault {
			if frame, err := wire.Encode(h, json.RawMessage(body)); err == nil {
				if parsed, err := wire.Parse(frame); err == nil {
					if fault || parsed.IsText {
						return frame, nil
					}
					return frame, parsed.Payload
				}
			}
			return refusal(h, "an answer that nests too deep"), nil
		}
	}
	return refusal(h, strings.TrimSuffix(statusLine(status)+": "+excerpt(body), ": ")), nil
}

// refusal is a frame that refuses a request in words.
func refusal(h wire.Header, words string) []byte {
	h.Kind = wire.Error
	frame, _ := wire.Encode(h, words) // a string always encodes
	return frame
}

func statusLine(status int) string {
	return fmt.Sprintf("HTTP %d %s", status, http.StatusText(status))
}

// excerpt is the beginning of a body in one line.
func excerpt(body []byte) string {
	const enough = 300
	text := string(body[:min(len(body), enough)])
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " ")
}

// eventful are the requests that lead to events, by all of their names. The forum
// shows targetUrl for monitors; for the others, whose events belong to no monitor, it
// is inferred.
var eventful = map[string]bool{
	"MonitorStart": true, "MonitorDevice": true, "StartMonitor": true,
	"MonitorDeviceStart": true,
	"RouteRegister":      true, "SystemRegister": true, "CallInformationEventsStart": true,
}

// withTarget adds the address for events to a payload, unless it has one. Its name has a
// capital where the others have.
func withTarget(payload []byte, target string) []byte {
	var members map[string]json.RawMessage
	if json.Unmarshal(payload, &members) != nil {
		return payload // whoever sends something else knows why
	}
	member := "targetUrl"
	for name := range members {
		if name != "" && name[0] >= 'A' && name[0] <= 'Z' {
			member = "TargetUrl"
		}
		if strings.EqualFold(name, "targetUrl") {
			return payload
		}
	}
	address, _ := json.Marshal(target) // a string always encodes
	var out bytes.Buffer
	out.Write(bytes.TrimSuffix(bytes.TrimSpace(payload), []byte("}")))
	if len(members) > 0 {
		out.WriteByte(',')
	}
	fmt.Fprintf(&out, `"%s":%s}`, member, address)
	return out.Bytes()
}
