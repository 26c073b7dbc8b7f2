package wti

import (
	"errors"
	"strings"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
)

// wireNames gives, for a service, the names that it may have on the wire, the most
// likely first. Services that are not listed have one name. For the monitor no
// source says it; people call it 'monitor device' (WTI forum).
var wireNames = map[string][]string{
	"MonitorStart": {"MonitorDevice", "MonitorStart", "StartMonitor"},
	"MonitorStop":  {"MonitorStop", "StopMonitor"},

	"RegisterTerminalRequest":   {"RegisterTerminalRequest", "RegisterTerminal"},
	"UnregisterTerminalRequest": {"UnregisterTerminalRequest", "UnregisterTerminal"},
	"GetThirdPartyDeviceId":     {"GetThirdPartyDeviceId", "GetDeviceId"},
}

// names remembers which name a server knows a service by.
type names struct {
	mu    sync.Mutex
	known map[string]string
}

// candidates are the names to try for a service, the one that worked alone.
func (n *names) candidates(service string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if name, ok := n.known[service]; ok {
		return []string{name}
	}
	if list, ok := wireNames[service]; ok {
		return list
	}
	return []string{service}
}

func (n *names) remember(service, name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = make(map[string]string)
	}
	n.known[service] = name
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
	text := strings.ToLower(f.Message)
	for _, hint := range [...]string{
		"unknown", "not supported", "unsupported", "unrecognized",
		"unrecognised", "no such",
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
