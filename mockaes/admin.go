package mockaes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// read decodes a body strictly; an empty one is an empty object.
func read[T any](r *http.Request) (T, error) {
	var v T
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	switch err := dec.Decode(&v); err {
	case nil:
	case io.EOF:
		return v, nil
	default:
		return v, badRequest(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return v, badRequest(errors.New("there is more behind the JSON"))
	}
	return v, nil
}

// span is a duration as text, such as 1m30s.
type span time.Duration

// UnmarshalText reads what time.ParseDuration does.
func (d *span) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = span(v)
	return err
}

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
	if body.To == "" {
		return nil, badRequest(errors.New("to: the number that is called is missing"))
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

// connectionBody names a party from outside, and what it does.
type connectionBody struct {
	Call   csta.CallID   `json:"call"`
	Device csta.DeviceID `json:"device"`
	Digits string        `json:"digits,omitempty"`
}

func (s *Server) adminHangUp(r *http.Request) (any, error) {
	return s.party(r, func(at *exchange, id csta.ConnectionID, _ string) error {
		return at.OutsideHangUp(id)
	})
}

func (s *Server) adminAnswer(r *http.Request) (any, error) {
	return s.party(r, func(at *exchange, id csta.ConnectionID, _ string) error {
		return at.OutsideAnswer(id)
	})
}

func (s *Server) adminDigits(r *http.Request) (any, error) {
	return s.party(r, func(at *exchange, id csta.ConnectionID, digits string) error {
		return at.OutsideDigits(id, digits)
	})
}

// party lets the party in the path and body do something.
func (s *Server) party(
	r *http.Request, do func(*exchange, csta.ConnectionID, string) error,
) (any, error) {
	body, err := read[connectionBody](r)
	if err != nil {
		return nil, err
	}
	body.Call = csta.CallID(r.PathValue("call"))
	id := csta.ConnectionID{Call: body.Call, Device: body.Device}
	return body, do(s.exchangeOf(id.Device), id, body.Digits)
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
	entries := s.journal.since(after, int(min(limit, maxPage)))
	if entries == nil {
		entries = []Entry{}
	}
	return entries, nil
}

// number reads a parameter of the query.
func number(r *http.Request, name string, otherwise uint64) (uint64, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, badRequest(fmt.Errorf("%s: %w", name, err))
	}
	return n, nil
}

func (s *Server) adminCut(r *http.Request) (any, error) {
	body, err := read[struct {
		Socket   uint64 `json:"socket"`
		Silently bool   `json:"silently"`
	}](r)
	if err != nil {
		return nil, err
	}
	return map[string]int{"cut": s.cut(body.Socket, body.Silently)}, nil
}

func (s *Server) adminExpire(*http.Request) (any, error) {
	return map[string]int{"expired": s.ExpireSessions()}, nil
}

func (s *Server) adminOperate(r *http.Request) (any, error) {
	body, at, err := readAt[struct {
		site
		Extension       string `json:"extension"`
		SpeakerMuted    *bool  `json:"speakerMuted,omitempty"`
		SpeakerVolume   *int   `json:"speakerVolume,omitempty"`
		MicrophoneMuted *bool  `json:"microphoneMuted,omitempty"`
		MicrophoneGain  *int   `json:"microphoneGain,omitempty"`
		Button          string `json:"button,omitempty"`
		Label           string `json:"label,omitempty"`
	}](s, r)
	if err != nil {
		return nil, err
	}
	return body, at.Operate(body.Extension, pbx.Hardware{
		SpeakerMuted: body.SpeakerMuted, SpeakerVolume: body.SpeakerVolume,
		MicrophoneMuted: body.MicrophoneMuted, MicrophoneGain: body.MicrophoneGain,
		Button: body.Button, Label: body.Label,
	})
}
