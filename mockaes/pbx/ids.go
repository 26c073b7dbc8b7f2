package pbx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// maxCall is the highest call id: it has to fit the five digits of a UCID.
const maxCall = 65535

// idOf is the device id of an extension of the switch, as AES writes it: with the
// interface address that says 'by name'.
func (s *Switch) idOf(ext string) csta.DeviceID {
	return csta.DeviceID(ext + ":" + s.lab.Name + ":0.0.0.0:0")
}

// outsideID is the device id of a number outside (DMCC samples).
func (s *Switch) outsideID(number string) csta.DeviceID {
	return csta.DeviceID(number + ":" + s.lab.Name + "::0")
}

// numberID is the device id of any number, as an event would show it.
func (s *Switch) numberID(number string) csta.DeviceID {
	if d := s.devices[number]; d != nil {
		return d.id
	}
	return s.outsideID(number)
}

// DeviceID is the id of a number: of a device to control, or (thirdParty) of any
// number that can be dialled. The extension of a device to control must exist.
func (s *Switch) DeviceID(
	switchName, ext string, thirdParty bool,
) (csta.DeviceID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if switchName != "" && !strings.EqualFold(switchName, s.lab.Name) {
		return "", csta.Refuse(csta.InvalidDeviceID)
	}
	if !dialplan.Dialable(ext) {
		return "", csta.Refuse(csta.InvalidDeviceID)
	}
	if d := s.devices[ext]; d == nil && !thirdParty {
		return "", csta.Refuse(csta.InvalidDeviceID)
	}
	return s.numberID(ext), nil
}

// device finds the device of an id; nil if the switch has none.
func (s *Switch) device(id csta.DeviceID) *device {
	if name := id.SwitchName(); name != "" && !strings.EqualFold(name, s.lab.Name) {
		return nil
	}
	return s.devices[id.Extension()]
}

// stationOf finds the station of an id.
func (s *Switch) stationOf(id csta.DeviceID) (*device, error) {
	d := s.device(id)
	if d == nil {
		return nil, csta.Refuse(csta.InvalidDeviceID)
	}
	if d.kind != stationKind {
		return nil, csta.Refuse(csta.RequestIncompatible)
	}
	return d, nil
}

// dialled takes the number out of what a request calls: a bare number or an id.
func (s *Switch) dialled(id csta.DeviceID) (string, error) {
	number := id.Extension()
	name := id.SwitchName()
	if !dialplan.Dialable(number) || name != "" && !strings.EqualFold(name, s.lab.Name) {
		return "", csta.Refuse(csta.InvalidCalledDeviceID)
	}
	return number, nil
}

// nextCallID counts on, past the calls that are still there, and around at the end.
func (s *Switch) nextCallID() (csta.CallID, int) {
	for range maxCall {
		s.lastCall = s.lastCall%maxCall + 1
		id := csta.CallID(strconv.Itoa(s.lastCall))
		if s.calls[id] == nil {
			break
		}
	}
	return csta.CallID(strconv.Itoa(s.lastCall)), s.lastCall
}

// issued reports whether a call id may have been in use before.
func (s *Switch) issued(id csta.CallID) bool {
	n, err := strconv.Atoi(string(id))
	return err == nil && n >= 1 && n <= s.lastCall
}

// ucid makes the universal call id of a call that begins now: node, call and the
// Unix seconds, 5, 5 and 10 digits (DMCC sample).
func (s *Switch) ucid(call int) string {
	return fmt.Sprintf("%05d%05d%010d", s.lab.Node, call, s.clock.Now().Unix())
}

// ConvertDialStringToE164 makes worldwide numbers of what is dialled.
func (s *Switch) ConvertDialStringToE164(
	req csta.ConvertDialStringToE164,
) (csta.E164Results, error) {
	return s.convert(req.Switch, req.DialStrings, s.lab.DialPlan.Worldwide)
}

// ConvertE164ToDialString makes what is dialled of worldwide numbers.
func (s *Switch) ConvertE164ToDialString(
	req csta.ConvertE164ToDialString,
) (csta.E164Results, error) {
	return s.convert(req.Switch, req.Numbers, s.lab.DialPlan.Dialled)
}

func (s *Switch) convert(
	name string, numbers []string, one func(string) csta.E164Result,
) (csta.E164Results, error) {
	if name != "" && !strings.EqualFold(name, s.lab.Name) {
		return csta.E164Results{}, csta.Refuse(csta.InvalidDeviceID)
	}
	r := csta.E164Results{Switch: s.lab.Name}
	for _, n := range numbers {
		r.Results = append(r.Results, one(n))
	}
	return r, nil
}
