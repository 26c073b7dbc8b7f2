package mockaes

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Bounds of what /mock reads, and of how long it waits for that.
const (
	maxAdminBody = 64 << 10
	maxAdminRead = 10 * time.Second
)

// callBody is a call from outside.
type callBody struct {
	From       string              `json:"from"`
	To         string              `json:"to"`
	Switch     string              `json:"switch"`
	TrunkGroup int                 `json:"trunkGroup"`
	UUI        string              `json:"uui"`
	LookAhead  *csta.LookAheadInfo `json:"lookAhead"`
	Says       string              `json:"says"`
	Patience   span                `json:"patience"`
	Talk       span                `json:"talk"`
}

func (s *Server) adminCall(r *http.Request) (any, error) {
	body, err := read[callBody](r)
	if err != nil {
		return nil, err
	}
	if err := needed("to", body.To, "the number that is called"); err != nil {
		return nil, err
	}
	if body.Patience < 0 || body.Talk < 0 {
		return nil, badRequest(errors.New("patience, talk: want times that are not negative"))
	}
	if s.gateway != nil {
		if err := s.gateway.CheckSound(body.Says); err != nil {
			return nil, badRequest(err)
		}
	}
	at, err := s.exchangeNamed(body.Switch)
	if err != nil {
		return nil, err
	}
	id, err := at.IncomingCall(pbx.IncomingCall{
		From: body.From, To: body.To, TrunkGroup: body.TrunkGroup, UUI: body.UUI,
		LookAhead: body.LookAhead, Says: body.Says,
		Patience: time.Duration(body.Patience), Talk: time.Duration(body.Talk),
	})
	if err != nil {
		return nil, err
	}
	return connectionBody{Call: id.Call, Device: id.Device}, nil
}

// connectionBody names a party from outside. The call is that of the path; a body may name it
// as well, as the answer does that brought the caller.
type connectionBody struct {
	Call   csta.CallID   `json:"call"`
	Device csta.DeviceID `json:"device"`
}

// complete takes the call from the path, and finds the switch.
func (b *connectionBody) complete(s *Server, r *http.Request) (*exchange, error) {
	call := csta.CallID(r.PathValue("call"))
	if b.Call != "" && b.Call != call {
		return nil, badRequest(fmt.Errorf("call: %.60q: the path is that of call %.60q", b.Call,
			call))
	}
	b.Call = call
	if err := needed("device", string(b.Device), "the party from outside"); err != nil {
		return nil, err
	}
	return s.exchangeOf(b.Device), nil
}

func (b *connectionBody) connection() csta.ConnectionID {
	return csta.ConnectionID{Call: b.Call, Device: b.Device}
}

func (s *Server) adminHangUp(r *http.Request) (any, error) {
	return s.party(r, (*exchange).OutsideHangUp)
}

func (s *Server) adminAnswer(r *http.Request) (any, error) {
	return s.party(r, (*exchange).OutsideAnswer)
}

// party lets the party in the path and body do something.
func (s *Server) party(
	r *http.Request, do func(*exchange, csta.ConnectionID) error,
) (any, error) {
	body, err := read[connectionBody](r)
	if err != nil {
		return nil, err
	}
	at, err := body.complete(s, r)
	if err != nil {
		return nil, err
	}
	return body, do(at, body.connection())
}

func (s *Server) adminDigits(r *http.Request) (any, error) {
	body, err := read[struct {
		connectionBody
		Digits string `json:"digits"`
	}](r)
	if err != nil {
		return nil, err
	}
	at, err := body.complete(s, r)
	if err != nil {
		return nil, err
	}
	if err := needed("digits", body.Digits, "what is dialled"); err != nil {
		return nil, err
	}
	return body, at.OutsideDigits(body.connection(), body.Digits)
}

// maxPage is how many entries of the journal one answer has.
const maxPage = 256

func (s *Server) adminJournal(r *http.Request) (any, error) {
	after, err := number(r, "after", 0)
	if err != nil {
		return nil, err
	}
	limit, err := number(r, "limit", maxPage)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		return nil, badRequest(fmt.Errorf("limit: want 1 to %d", maxPage))
	}
	entries := s.journal.since(after, int(min(limit, maxPage)))
	if entries == nil {
		entries = []Entry{}
	}
	return entries, nil
}

// number reads a parameter of the query.
func number(r *http.Request, name string, otherwise uint64) (uint64, error) {
	query := r.URL.Query()
	if !query.Has(name) {
		return otherwise, nil
	}
	n, err := strconv.ParseUint(query.Get(name), 10, 64)
	if err != nil {
		return 0, badRequest(fmt.Errorf("%s: %.60q: want a whole number from 0", name,
			query.Get(name)))
	}
	return n, nil
}

func (s *Server) adminCut(r *http.Request) (any, error) {
	body, err := read[struct {
		Socket   *uint64 `json:"socket"`
		Silently bool    `json:"silently"`
	}](r)
	switch {
	case err != nil:
		return nil, err
	case body.Socket == nil:
		return map[string]int{"cut": s.cut(0, body.Silently)}, nil
	case *body.Socket == 0:
		return nil, badRequest(errors.New(
			"socket: 0: they count from 1; without a number all are cut"))
	}
	n := s.cut(*body.Socket, body.Silently)
	if n == 0 {
		return nil, fmt.Errorf("there is no socket %d; GET %s/state lists those that there are, "+
			"and those of REST cannot be cut", *body.Socket, adminPath)
	}
	return map[string]int{"cut": n}, nil
}

func (s *Server) adminExpire(r *http.Request) (any, error) {
	if _, err := read[struct{}](r); err != nil {
		return nil, err
	}
	return map[string]int{"expired": s.ExpireSessions()}, nil
}
