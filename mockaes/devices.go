package mockaes

import (
	"slices"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// claim is a device id that sessions hold.
type claim struct {
	id      csta.DeviceID
	shared  bool // controllable by other sessions
	holders map[*session]bool
}

// deviceID makes an id of a number, for a session that wants to control it.
func deviceID(
	held *session, at *exchange, req csta.GetDeviceID,
) (none csta.DeviceIDReply, err error) {
	id, err := at.DeviceID(req.SwitchName, req.Extension, false)
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
	_ *session, at *exchange, req csta.GetThirdPartyDeviceID,
) (none csta.DeviceIDReply, err error) {
	id, err := at.DeviceID(req.SwitchName, req.Extension, true)
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
	may := func(device string) bool { return csta.DeviceID(device).Same(id) }
	if len(h.user.Devices) == 0 || slices.ContainsFunc(h.user.Devices, may) {
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
func registerTerminal(h *session, at *exchange, req csta.RegisterTerminal) (any, error) {
	if err := h.mayControl(req.Device); err != nil {
		return nil, err
	}
	if h.taken(req.Device) {
		return nil, csta.Refuse(csta.ResourceBusy)
	}
	as := h.ownersNow()[0]
	return h.withTerminal(req.Device, func() (any, error) {
		answer := new(later)
		return answer, at.Register(req, as,
			func(r csta.TerminalRegistered) { answer.give(r, nil) })
	}, func() (any, error) {
		return csta.TerminalRegistered{
			Device: csta.Party(req.Device), Code: codeNoLicence, Reason: noTerminalLicence,
		}, nil
	})
}

func unregisterTerminal(
	h *session, at *exchange, req csta.UnregisterTerminal,
) (csta.TerminalReleased, error) {
	if err := h.mayControl(req.Device); err != nil {
		return csta.TerminalReleased{}, err
	}
	var reply csta.TerminalReleased
	for _, as := range h.ownersNow() {
		if reply = at.Unregister(req, as); reply.Code == csta.NormalRegister {
			break
		}
	}
	return reply, nil
}

// registerDevice takes control of a station in the older form.
func registerDevice(h *session, at *exchange, req csta.RegisterDevice) (any, error) {
	if err := h.mayControl(req.Device); err != nil {
		return nil, err
	}
	if h.taken(req.Device) {
		return nil, csta.Refuse(csta.ResourceBusy)
	}
	as := h.ownersNow()[0]
	return h.withTerminal(req.Device, func() (any, error) {
		return csta.Empty{}, at.RegisterDevice(req, as)
	}, func() (any, error) {
		return csta.Empty{}, at.RefuseDevice(req, codeNoLicence, noTerminalLicence)
	})
}

func unregisterDevice(
	h *session, at *exchange, req csta.UnregisterDevice,
) (none csta.Empty, err error) {
	if err := h.mayControl(req.Device); err != nil {
		return none, err
	}
	for _, as := range h.ownersNow() {
		if err = at.UnregisterDevice(req, as); err == nil {
			break
		}
	}
	return none, err
}

// redirectMedia moves the terminal's end of a registered station's stream.
func redirectMedia(
	h *session, at *exchange, req csta.RedirectMedia,
) (none csta.Empty, err error) {
	if err := h.mayControl(req.Device); err != nil {
		return none, err
	}
	for _, as := range h.ownersNow() {
		if err = at.RedirectMedia(req, as); err == nil {
			break
		}
	}
	return none, err
}

// startMedia begins the stream of a connection that the session has ended.
func startMedia(
	h *session, at *exchange, req csta.MediaStart,
) (reply csta.MediaReply, err error) {
	if err := h.mayControl(req.Connection.Device); err != nil {
		return reply, err
	}
	for _, as := range h.ownersNow() {
		if reply, err = at.MediaStart(req, as); err == nil {
			break
		}
	}
	return reply, err
}

// stopMedia ends the stream of a connection of the session's.
func stopMedia(
	h *session, at *exchange, req csta.MediaStop,
) (reply csta.ConnectionReply, err error) {
	if err := h.mayControl(req.Connection.Device); err != nil {
		return reply, err
	}
	for _, as := range h.ownersNow() {
		if reply, err = at.MediaStop(req, as); err == nil {
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
func deleteMessage(h *session, req csta.DeleteMessage) (none csta.Empty, err error) {
	for _, at := range h.server.exchanges {
		if err = at.linked(); err == nil {
			err = at.DeleteMessage(req)
		}
		if err == nil {
			break
		}
	}
	return none, err
}
