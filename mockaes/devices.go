package mockaes

import (
	"slices"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// claim is a device id that sessions hold.
type claim struct {
	id      csta.DeviceID
	shared  bool // controllable by other sessions
	holders map[*session]bool
}

// deviceID makes an id of a number, for a session that wants to control it.
func deviceID(held *session, req csta.GetDeviceID) (none csta.DeviceIDReply, err error) {
	id, err := held.server.pbx.DeviceID(req.SwitchName, req.Extension, false)
	if err != nil {
		return none, err
	}
	if err := held.mayControl(id); err != nil {
		return none, err
	}
	if id, err = withInstance(id, req.Instance); err != nil {
		return none, err
	}
	if err := held.claim(id, req.Controllable); err != nil {
		return none, err
	}
	return csta.DeviceIDReply{Device: id}, nil
}

// thirdPartyDeviceID makes an id of any number.
func thirdPartyDeviceID(
	held *session, req csta.GetThirdPartyDeviceID,
) (none csta.DeviceIDReply, err error) {
	id, err := held.server.pbx.DeviceID(req.SwitchName, req.Extension, true)
	if err != nil {
		return none, err
	}
	if id, err = withInstance(id, req.Instance); err != nil {
		return none, err
	}
	return csta.DeviceIDReply{Device: id}, nil
}

func releaseDeviceID(held *session, req csta.ReleaseDeviceID) (none csta.Empty, err error) {
	s := held.server
	s.mu.Lock()
	defer s.mu.Unlock()
	key := claimKey(req.Device)
	c := held.claims[key]
	if c == nil {
		return none, csta.Refuse(csta.InvalidDeviceID)
	}
	s.unclaim(key, c, held)
	return none, nil
}

// withInstance puts the number of the instance into the last part of an id. There are
// at most ten (Aura 8.0.1).
func withInstance(id csta.DeviceID, instance int) (csta.DeviceID, error) {
	i := strings.LastIndexByte(string(id), ':')
	if i < 0 || instance < 0 || instance > 9 {
		return "", csta.Refuse(csta.ValueOutOfRange)
	}
	return id[:i+1] + csta.DeviceID('0'+rune(instance)), nil
}

// claimKey is the id without regard to case.
func claimKey(id csta.DeviceID) string { return strings.ToLower(string(id)) }

// claim makes the session a holder of the id, unless another one holds it and one of
// the two does not share.
func (h *session) claim(id csta.DeviceID, shared bool) error {
	s := h.server
	s.mu.Lock()
	defer s.mu.Unlock()
	key := claimKey(id)
	c := s.claims[key]
	if c == nil {
		c = &claim{id: id, holders: make(map[*session]bool)}
		s.claims[key] = c
	}
	others := len(c.holders)
	if c.holders[h] {
		others--
	}
	if others > 0 && (!c.shared || !shared) {
		return csta.Refuse(csta.ResourceBusy)
	}
	c.shared = shared
	c.holders[h] = true
	h.claims[key] = c
	return nil
}

// unclaim takes a holder away. The caller holds mu.
func (s *Server) unclaim(key string, c *claim, h *session) {
	delete(c.holders, h)
	delete(h.claims, key)
	if len(c.holders) == 0 {
		delete(s.claims, key)
	}
}

// mayControl refuses devices that the session's user has no right to.
func (h *session) mayControl(id csta.DeviceID) error {
	if len(h.user.Devices) == 0 || slices.Contains(h.user.Devices, id.Extension()) {
		return nil
	}
	return csta.Refuse(csta.PrivilegeViolation)
}

// taken reports whether another session holds the id for itself alone.
func (h *session) taken(id csta.DeviceID) bool {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	c := h.server.claims[claimKey(id)]
	return c != nil && !c.shared && !c.holders[h]
}

// registerTerminal takes control of a station. A registration that fails is an
// answer like any other: its code says so (DMCC samples).
func registerTerminal(h *session, req csta.RegisterTerminal) (any, error) {
	if err := h.mayControl(req.Device); err != nil {
		return nil, err
	}
	if h.taken(req.Device) {
		return nil, csta.Refuse(csta.ResourceBusy)
	}
	as := h.ownersNow()[0]
	return h.withTerminal(req.Device, func() (any, error) {
		answer := new(later)
		return answer, h.server.pbx.Register(req, as,
			func(r csta.TerminalRegistered) { answer.give(r, nil) })
	}, func() (any, error) {
		return csta.TerminalRegistered{
			Device: csta.Party(req.Device), Code: codeNoLicence, Reason: noTerminalLicence,
		}, nil
	})
}

func unregisterTerminal(h *session, req csta.UnregisterTerminal) (csta.TerminalReleased, error) {
	if err := h.mayControl(req.Device); err != nil {
		return csta.TerminalReleased{}, err
	}
	var reply csta.TerminalReleased
	for _, as := range h.ownersNow() {
		if reply = h.server.pbx.Unregister(req, as); reply.Code == csta.NormalRegister {
			break
		}
	}
	return reply, nil
}

// registerDevice takes control of a station in the older form.
func registerDevice(h *session, req csta.RegisterDevice) (any, error) {
	if err := h.mayControl(req.Device); err != nil {
		return nil, err
	}
	if h.taken(req.Device) {
		return nil, csta.Refuse(csta.ResourceBusy)
	}
	as := h.ownersNow()[0]
	return h.withTerminal(req.Device, func() (any, error) {
		return csta.Empty{}, h.server.pbx.RegisterDevice(req, as)
	}, func() (any, error) {
		return csta.Empty{}, h.server.pbx.RefuseDevice(req, codeNoLicence, noTerminalLicence)
	})
}

func unregisterDevice(h *session, req csta.UnregisterDevice) (none csta.Empty, err error) {
	if err := h.mayControl(req.Device); err != nil {
		return none, err
	}
	for _, as := range h.ownersNow() {
		if err = h.server.pbx.UnregisterDevice(req, as); err == nil {
			break
		}
	}
	return none, err
}

// redirectMedia moves the terminal's end of a registered station's stream.
func redirectMedia(h *session, req csta.RedirectMedia) (none csta.Empty, err error) {
	if err := h.mayControl(req.Device); err != nil {
		return none, err
	}
	for _, as := range h.ownersNow() {
		if err = h.server.pbx.RedirectMedia(req, as); err == nil {
			break
		}
	}
	return none, err
}

// startMedia begins the stream of a connection that the session has ended.
func startMedia(h *session, req csta.MediaStart) (reply csta.MediaReply, err error) {
	if err := h.mayControl(req.Connection.Device); err != nil {
		return reply, err
	}
	for _, as := range h.ownersNow() {
		if reply, err = h.server.pbx.MediaStart(req, as); err == nil {
			break
		}
	}
	return reply, err
}

// stopMedia ends the stream of a connection of the session's.
func stopMedia(h *session, req csta.MediaStop) (reply csta.ConnectionReply, err error) {
	if err := h.mayControl(req.Connection.Device); err != nil {
		return reply, err
	}
	for _, as := range h.ownersNow() {
		if reply, err = h.server.pbx.MediaStop(req, as); err == nil {
			break
		}
	}
	return reply, err
}

// ownersNow is who the session is at the switch, itself first.
func (h *session) ownersNow() []*owner {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	return slices.Clone(h.owners)
}

// deleteMessage deletes a recording; recordings belong to the server, not to a device.
func deleteMessage(s *pbx.Switch, req csta.DeleteMessage) (none csta.Empty, err error) {
	return none, s.DeleteMessage(req)
}
