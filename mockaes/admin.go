package mockaes

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Bounds of what /mock reads, and of how long it waits for that.
const (
	maxAdminBody = 64 << 10
	maxAdminRead = 10 * time.Second
)

// routes is everything that is served.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+wtiPath, s.serveWTI)
	mux.HandleFunc("POST "+restPath+"/{service}", s.serveREST)
	for pattern, do := range map[string]func(r *http.Request) (any, error){
		"GET " + adminPath + "/state":                 s.adminState,
		"GET " + adminPath + "/journal":               s.adminJournal,
		"POST " + adminPath + "/calls":                s.adminCall,
		"POST " + adminPath + "/calls/{call}/hangup":  s.adminHangUp,
		"POST " + adminPath + "/calls/{call}/answer":  s.adminAnswer,
		"POST " + adminPath + "/calls/{call}/digits":  s.adminDigits,
		"POST " + adminPath + "/sockets/cut":          s.adminCut,
		"POST " + adminPath + "/restart":              s.adminRestart,
		"POST " + adminPath + "/link":                 s.adminLink,
		"POST " + adminPath + "/sessions/expire":      s.adminExpire,
		"POST " + adminPath + "/terminals/unregister": s.adminUnregister,
	} {
		mux.Handle(pattern, admin(do))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			http.Error(w, "the server is closing", http.StatusServiceUnavailable)
			return
		}
		defer s.work.Done()
		mux.ServeHTTP(w, r)
	})
}

// enter counts a request in, so that Close waits for it.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.work.Add(1)
	return true
}

// badRequest is an error that is the asker's.
type badRequest struct{ error }

// admin answers with JSON. It serves this machine only, and no page that a browser
// on it may have open: those cannot choose the content type, nor the name of the host.
func admin(do func(r *http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxAdminBody)
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(maxAdminRead))
		status, reply := http.StatusOK, any(nil)
		var err error
		if err = local(r); err != nil {
			status = http.StatusForbidden
		} else if reply, err = do(r); err != nil {
			status = statusOf(err)
		}
		if err != nil {
			reply = map[string]string{"error": err.Error()}
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		_ = enc.Encode(reply) // the asker has gone if this fails
	})
}

func statusOf(err error) int {
	if errors.As(err, new(badRequest)) {
		return http.StatusBadRequest
	}
	return http.StatusConflict
}

// local refuses requests from other machines and from pages of other hosts.
func local(r *http.Request) error {
	if r.Method != http.MethodGet && r.Header.Get("Content-Type") != "application/json" {
		return errors.New("the content type has to be application/json")
	}
	if err := sameHost(r); err != nil {
		return err
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if r.RemoteAddr == "pipe" || (err == nil && peer.Addr().Unmap().IsLoopback()) {
		return nil
	}
	return errors.New("the interface is for this machine only")
}

// sameHost refuses requests that were meant for a host of another name: a page can
// have its own name lead to this machine.
func sameHost(r *http.Request) error {
	host := r.Host
	if h, _, err := net.SplitHostPort(r.Host); err == nil {
		host = h
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil ||
		strings.EqualFold(host, "localhost") || host == transport.MemoryHost {
		return nil
	}
	return fmt.Errorf("%.60q is not this server", host)
}

// read decodes a body strictly; an empty one is an empty object.
func read[T any](r *http.Request) (T, error) {
	var v T
	if r.ContentLength == 0 {
		return v, nil
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, badRequest{err}
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
	From       string `json:"from"`
	To         string `json:"to"`
	TrunkGroup int    `json:"trunkGroup"`
	UUI        string `json:"uui"`
	Says       string `json:"says"`
	Patience   span   `json:"patience"`
	Talk       span   `json:"talk"`
}

func (s *Server) adminCall(r *http.Request) (any, error) {
	body, err := read[callBody](r)
	if err != nil {
		return nil, err
	}
	id, err := s.pbx.IncomingCall(pbx.IncomingCall{
		From: body.From, To: body.To, TrunkGroup: body.TrunkGroup, UUI: body.UUI,
		Says: body.Says, Patience: time.Duration(body.Patience), Talk: time.Duration(body.Talk),
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
	return party(r, func(id csta.ConnectionID, _ string) error { return s.pbx.OutsideHangUp(id) })
}

func (s *Server) adminAnswer(r *http.Request) (any, error) {
	return party(r, func(id csta.ConnectionID, _ string) error { return s.pbx.OutsideAnswer(id) })
}

func (s *Server) adminDigits(r *http.Request) (any, error) {
	return party(r, s.pbx.OutsideDigits)
}

// party lets the party in the path and body do something.
func party(r *http.Request, do func(csta.ConnectionID, string) error) (any, error) {
	body, err := read[connectionBody](r)
	if err != nil {
		return nil, err
	}
	body.Call = csta.CallID(r.PathValue("call"))
	return body, do(csta.ConnectionID{Call: body.Call, Device: body.Device}, body.Digits)
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
		return 0, badRequest{fmt.Errorf("%s: %w", name, err)}
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

func (s *Server) adminUnregister(r *http.Request) (any, error) {
	body, err := read[struct {
		Extension string `json:"extension"`
		Reason    string `json:"reason"`
	}](r)
	if err != nil {
		return nil, err
	}
	s.pbx.ForceUnregister(body.Extension, body.Reason)
	return body, nil
}
