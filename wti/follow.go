package wti

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// linkTime bounds how long a question about a CTI link may take. An AES that leaves the
// first one unanswered is not asked that way again.
const linkTime = 3 * time.Second

// ways are how an AES may tell of its links; which of them WTI offers is not public. The
// first one that works is kept for the life of the session.
var ways = [...]func(ctx context.Context, s *Session, l *link, register bool) error{
	askStatus, askLinkEvents,
}

// mind does what events about CTI links have given cause for: it asks AES how they are,
// ends the monitors that were stopped for another reason, shows the state, and takes
// anew what was lost with a link that is up again.
func (s *Session) mind(ctx context.Context, l *link) {
	if s.links.unclear() && s.askLinks(ctx, l, false) != nil {
		return // the connection is lost: healing asks again
	}
	s.judge()
	s.showLinks()
	s.remedy(ctx, l)
}

// showLinks puts the links' states into the session's, if they are new.
func (s *Session) showLinks() {
	known := s.links.known()
	if !slices.Equal(known, s.status.get().CTI) {
		s.status.set(func(st *Status) { st.CTI = known })
	}
}

// askLinks learns how the links are, and has AES tell their changes if the session is
// new. An AES that refuses tells nothing, which is no failure; the error is that of a
// connection that is lost.
func (s *Session) askLinks(ctx context.Context, l *link, register bool) error {
	for len(s.o.CTILinks) > 0 {
		way, proven := s.links.question()
		if way == len(ways) {
			return nil
		}
		err := ways[way](ctx, s, l, register || !proven)
		if errors.Is(err, ErrConnectionLost) || ctx.Err() != nil {
			return err
		}
		if !s.links.answered(err == nil) {
			return nil
		}
		s.log.Info("state of the CTI link is not offered in this way", "err", err)
	}
	return nil
}

// askOne asks AES something about a link, in bounded time.
func askOne[R any](ctx context.Context, s *Session, l *link, req csta.Request[R]) (R, error) {
	ctx, cancel := context.WithTimeout(ctx, linkTime)
	defer cancel()
	return doOn(ctx, s, l, req)
}

// askStatus asks by the system's status, which is told for each switch.
func askStatus(ctx context.Context, s *Session, l *link, register bool) error {
	for i, name := range s.o.CTILinks {
		if register {
			reply, err := askOne(ctx, s, l, csta.SystemRegister{
				Types:   csta.RequestTypes{SystemStatus: new(true)},
				Private: csta.SystemRegisterPrivate{Switch: name},
			})
			if err != nil {
				return err
			}
			s.links.mu.Lock()
			s.links.list[i].register = reply.Register
			s.links.mu.Unlock()
		}
		told := s.links.told(i)
		reply, err := askOne(ctx, s, l, csta.RequestSystemStatus{
			Private: csta.SystemStatusQuestion{TLink: &csta.TLinkQuestion{Switch: name}},
		})
		if _, refused := errors.AsType[*csta.Fault](err); refused {
			continue // its changes will be told all the same
		}
		if err != nil {
			return err
		}
		s.links.learn(i, told, stateIn(reply, name))
	}
	return nil
}

// stateIn is what the status of a system says of the link to a switch.
func stateIn(reply csta.SystemStatusReply, name string) CTIState {
	for _, t := range reply.Private.TLinks {
		if strings.EqualFold(t.Switch, name) {
			return tlinkState(t.State)
		}
	}
	if len(reply.Private.TLinks) > 0 {
		return CTIUnknown
	}
	return systemState(reply.Status)
}

// askLinkEvents asks by the events that Avaya's call information services have.
func askLinkEvents(ctx context.Context, s *Session, l *link, register bool) error {
	if register {
		_, err := askOne(ctx, s, l, csta.CallInformationEventsStart{
			Up: new(true), Down: new(true),
		})
		if err != nil {
			return err
		}
	}
	for i, name := range s.o.CTILinks {
		told := s.links.told(i)
		reply, err := askOne(ctx, s, l, csta.GetLinkStatus{Link: name})
		if _, refused := errors.AsType[*csta.Fault](err); refused {
			continue // its changes will be told all the same
		}
		if err != nil {
			return err
		}
		for _, status := range reply.List {
			if strings.EqualFold(status.Name, name) {
				s.links.learn(i, told, map[bool]CTIState{true: CTIUp, false: CTIDown}[status.Up])
			}
		}
	}
	return nil
}

// judge ends the monitors that AES stopped for a reason of their own. Those whose link
// was lost wait for it.
func (s *Session) judge() {
	for _, m := range s.links.condemned() {
		if m.CrossRef() == "" { // else it was taken anew with another link
			s.routes.remove(m)
			m.queue.end(ErrMonitorStopped)
		}
	}
}
