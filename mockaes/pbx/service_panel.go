package pbx

import (
	"cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
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

// buttons are those of a telephone.
func (d *device) buttons() []csta.ButtonItem {
	return panel.Buttons(d.ext, len(d.station.calls), d.station.hard.labels)
}

// GetLampInformation tells which lamps a registered station has.
func (s *Switch) GetLampInformation(req csta.GetLampInformation) (csta.Lamps, error) {
	modes, err := s.GetLampMode(csta.GetLampMode(req))
	var r csta.Lamps
	for _, item := range modes.List {
		r.List = append(r.List, panel.Lamp(item))
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
	r := csta.LampModes{List: d.panelNow(s).LampModes(req.Lamp)}
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
	return csta.Displays{List: []csta.Display{d.panelNow(s).Screen()}}, nil
}

// GetRingerStatus tells whether a registered station rings.
func (s *Switch) GetRingerStatus(req csta.GetRingerStatus) (csta.Ringers, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return csta.Ringers{}, err
	}
	return csta.Ringers{List: []csta.RingerItem{d.panelNow(s).Ringer()}}, nil
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
		Hookswitch: "0", OnHook: d.panelNow(s).OnHook(),
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
	displays, buttons, lamps := 1, len(d.buttons()), len(d.station.calls)+1
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
