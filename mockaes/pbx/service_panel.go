package pbx

import (
	"cmp"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// telephone finds a station that somebody is registered at: only then is there a
// telephone to look at.
func (s *Switch) telephone(id csta.DeviceID) (*device, error) {
	d, err := s.stationOf(id)
	if err == nil && len(s.regs[d.ext]) == 0 {
		return nil, csta.Refuse(csta.InvalidObjectState)
	}
	return d, err
}

// fixedButtons are those of every telephone, besides its call appearances.
var fixedButtons = []struct{ id, label, function string }{
	{buttonDrop, "Drop", "drop"},
	{csta.ButtonConference, "Conference", "conference"},
	{csta.ButtonTransfer, "Transfer", "transfer"},
	{csta.ButtonHold, "Hold", "hold"},
}

// GetButtonInformation tells which buttons a registered station has.
func (s *Switch) GetButtonInformation(req csta.GetButtonInformation) (csta.Buttons, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return csta.Buttons{}, err
	}
	var r csta.Buttons
	for _, b := range d.buttons() {
		if req.Button == "" || req.Button == b.Button {
			r.List = append(r.List, b)
		}
	}
	if len(r.List) == 0 {
		return r, csta.Refuse(csta.InvalidButtonIdentifier)
	}
	return r, nil
}

// buttons are those of a telephone: its call appearances, and the fixed ones.
func (d *device) buttons() (list []csta.ButtonItem) {
	for i := range d.station.calls {
		id := strconv.Itoa(firstAppearance + i)
		list = append(list, csta.ButtonItem{
			Button: id, Label: string(rune('a'+i)) + "=" + d.ext, Function: "call-appr",
			Lamps: []string{id},
		})
	}
	for _, b := range fixedButtons {
		list = append(list, csta.ButtonItem{Button: b.id, Label: b.label, Function: b.function})
	}
	for i := range list {
		if label, ok := d.station.hard.labels[list[i].Button]; ok {
			list[i].Label = label
		}
	}
	return list
}

// GetLampInformation tells which lamps a registered station has.
func (s *Switch) GetLampInformation(req csta.GetLampInformation) (csta.Lamps, error) {
	modes, err := s.GetLampMode(csta.GetLampMode(req))
	var r csta.Lamps
	for _, item := range modes.List {
		lamp := csta.LampItem{Lamp: item.Lamp, Button: item.Button, Color: item.Color}
		if lamp.Lamp == messageLamp {
			lamp.Label = messageLabel
		}
		r.List = append(r.List, lamp)
	}
	return r, err
}

// GetLampMode tells how the lamps of a registered station are lit.
func (s *Switch) GetLampMode(req csta.GetLampMode) (csta.LampModes, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return csta.LampModes{}, err
	}
	green, red := csta.LampGreen, csta.LampRed
	var r csta.LampModes
	now := d.panelNow(s)
	for i, mode := range now.lamps {
		id := strconv.Itoa(firstAppearance + i)
		if req.Lamp == "" || req.Lamp == id {
			r.List = append(r.List, csta.LampModeItem{
				Lamp: id, Mode: mode, Color: &green, Button: id,
			})
		}
	}
	if req.Lamp == "" || req.Lamp == messageLamp {
		r.List = append(r.List, csta.LampModeItem{
			Lamp: messageLamp, Mode: now.message, Color: &red,
		})
	}
	if len(r.List) == 0 {
		return r, csta.Refuse(csta.InvalidLampID)
	}
	return r, nil
}

// GetDisplay tells what the display of a registered station shows.
func (s *Switch) GetDisplay(req csta.GetDisplay) (csta.Displays, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return csta.Displays{}, err
	}
	return csta.Displays{List: []csta.Display{d.panelNow(s).screen()}}, nil
}

// GetRingerStatus tells whether a registered station rings.
func (s *Switch) GetRingerStatus(req csta.GetRingerStatus) (csta.Ringers, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return csta.Ringers{}, err
	}
	return csta.Ringers{List: []csta.RingerItem{d.panelNow(s).ringer()}}, nil
}

// GetHookswitchStatus tells whether a registered station is on hook.
func (s *Switch) GetHookswitchStatus(req csta.GetHookswitchStatus) (csta.Hookswitches, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return csta.Hookswitches{}, err
	}
	return csta.Hookswitches{List: []csta.HookswitchItem{{
		Hookswitch: "0", OnHook: !d.panelNow(s).offHook,
	}}}, nil
}

// defaultSetType is the model of telephones whose lab does not say.
const defaultSetType = "9608"

func (st *station) setType() string { return cmp.Or(st.lab.SetType, defaultSetType) }

// GetPhysicalDeviceInformation tells what a station's telephone has, and who is logged
// in there.
func (s *Switch) GetPhysicalDeviceInformation(
	req csta.GetPhysicalDeviceInformation,
) (csta.PhysicalDevice, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.PhysicalDevice{}, err
	}
	displays, appearances := 1, len(d.station.calls)
	buttons, lamps := appearances+len(fixedButtons), appearances+1
	r := csta.PhysicalDevice{
		Category: csta.Opaque(`{"standardDevice":"station"}`), HasLogical: true,
		Model: d.station.setType(), MaxDisplays: &displays, MaxButtons: &buttons,
		MaxLamps: &lamps,
	}
	if a := d.station.agent; a != nil {
		r.OtherLogical = []csta.DeviceID{s.numberID(a.lab.ID)}
	}
	return r, nil
}
