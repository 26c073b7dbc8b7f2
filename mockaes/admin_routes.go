package mockaes

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// adminRoute is one thing that /mock can be asked for. The index at /mock is made of
// these.
type adminRoute struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Does   string `json:"does"`
	Takes  string `json:"takes,omitempty"` // an example of the body, or of the query

	do func(s *Server, r *http.Request) (any, error)
}

// adminRoutes is a function, for the index refers to it.
func adminRoutes() []adminRoute {
	return []adminRoute{
		{"GET", "", "this list", "", (*Server).adminIndex},
		{
			"GET", "/state", "sockets, sessions, calls, agents and audio, as they are now", "",
			(*Server).adminState,
		},
		{
			"GET", "/journal", "requests, answers and events after an entry, secrets masked",
			"?after=0&limit=256", (*Server).adminJournal,
		},
		{
			"POST", "/calls", "a caller from outside; the answer names call and device",
			`{"to":"8001","from":"+15550100123","says":"tone:440","patience":"30s","talk":"1m",` +
				`"uui":"order=17","trunkGroup":1,"switch":"CM1"}`, (*Server).adminCall,
		},
		{
			"POST", "/calls/{call}/hangup", "the party from outside hangs up",
			`{"device":"+15550100123:CM1::0"}`, (*Server).adminHangUp,
		},
		{
			"POST", "/calls/{call}/answer", "the party from outside that rings answers",
			`{"device":"+15550100123:CM1::0"}`, (*Server).adminAnswer,
		},
		{
			"POST", "/calls/{call}/digits", "the party from outside dials digits",
			`{"device":"+15550100123:CM1::0","digits":"12#"}`, (*Server).adminDigits,
		},
		{
			"POST", "/sockets/cut", "ends all connections, or that of a socket; " +
				"silently leaves them half open", `{"socket":1,"silently":true}`,
			(*Server).adminCut,
		},
		{
			"POST", "/sessions/expire", "the time of every session runs out now", "",
			(*Server).adminExpire,
		},
		{
			"POST", "/terminals/unregister", "an administrator forces a terminal out",
			`{"extension":"1001","reason":"maintenance"}`, (*Server).adminUnregister,
		},
		{
			"POST", "/terminals/reregister", "a terminal's signalling fails for a moment, and " +
				"AES registers it anew", `{"extension":"1001","reason":"link lost"}`,
			(*Server).adminReregister,
		},
		{
			"POST", "/agents/logoff", "an administrator logs an agent off, whatever it does",
			`{"agent":"4001"}`, (*Server).adminLogOff,
		},
		{
			"POST", "/trunks/service", "a trunk group goes out of service or back into it; " +
				"its calls go on", `{"group":1,"inService":false}`, (*Server).adminTrunks,
		},
		{
			"POST", "/terminals/operate", "a hand mutes a telephone, turns its volume or " +
				"labels a button", `{"extension":"1001","speakerMuted":true}`,
			(*Server).adminOperate,
		},
		{
			"POST", "/events", "an event of your own goes to every monitor of a device",
			`{"device":"1001","event":"EsigEvent","payload":{"device":"1001:CM1::0"}}`,
			(*Server).adminEvent,
		},
		{
			"POST", "/link", "the links between AES and its switches, or that of one, fail or " +
				"come back", `{"up":false,"switch":"CM1"}`, (*Server).adminLink,
		},
		{
			"POST", "/restart", "AES starts again", `{"keepSessions":true}`,
			(*Server).adminRestart,
		},
		{
			"POST", "/away", "AES starts again, and nobody listens meanwhile",
			`{"for":"20s","keepSessions":true}`, (*Server).adminAway,
		},
	}
}

// routes is everything that is served.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+wtiPath, s.serveWTI)
	mux.HandleFunc("POST "+restPath+"/{service}", s.serveREST)
	for _, route := range adminRoutes() {
		mux.Handle(adminPath+route.Path, s.admin(route))
	}
	mux.Handle(adminPath+"/", s.admin(adminRoute{}))
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

// statusError is an error that has a status of HTTP.
type statusError struct {
	status int
	error
}

func badRequest(err error) error { return statusError{http.StatusBadRequest, err} }

// statusOf is the status of an error. One that says nothing else is the switch's, which is in
// conflict with what was asked for, unless that makes no sense by itself.
func statusOf(err error) int {
	if e, ok := errors.AsType[statusError](err); ok {
		return e.status
	}
	fault, refused := errors.AsType[*csta.Fault](err)
	if errors.Is(err, pbx.ErrDigits) || refused &&
		(fault.Code == csta.InvalidParameterValue || fault.Code == csta.ValueOutOfRange) {
		return http.StatusBadRequest
	}
	return http.StatusConflict
}

// admin answers with JSON.
func (s *Server) admin(route adminRoute) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxAdminBody)
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(maxAdminRead))
		status, reply := http.StatusOK, any(nil)
		err := admissible(r, route)
		if err == nil {
			err = route.checkQuery(r)
		}
		if err == nil {
			reply, err = route.do(s, r)
		}
		if err != nil {
			status = statusOf(err)
			reply = map[string]string{"error": err.Error()}
		}
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", route.Method)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false) // examples and errors are there to be copied
		enc.SetIndent("", "  ")
		_ = enc.Encode(reply) // the asker has gone if this fails
	})
}

// admissible refuses what is not served, what comes from other machines, and what a
// page that a browser on this machine has open could send: a page cannot choose the
// content type, nor the name of the host.
func admissible(r *http.Request, route adminRoute) error {
	reads := route.Method == http.MethodGet
	switch {
	case !fromThisMachine(r):
		return statusError{
			http.StatusForbidden, errors.New("the interface is for this machine only"),
		}
	case !isThisHost(r.Host):
		return statusError{http.StatusForbidden, fmt.Errorf("%.60q is not this server", r.Host)}
	case route.do == nil:
		return statusError{http.StatusNotFound, fmt.Errorf(
			"there is no %.60q; GET %s lists what there is", r.URL.Path, adminPath)}
	case r.Method != route.Method && !(r.Method == http.MethodHead && reads):
		return statusError{http.StatusMethodNotAllowed, fmt.Errorf(
			"%s takes %s and not %.20q", r.URL.Path, route.Method, r.Method)}
	case !reads && !isJSON(r.Header.Get("Content-Type")):
		return statusError{http.StatusUnsupportedMediaType, errors.New(
			"the header Content-Type has to be application/json")}
	}
	return nil
}

func fromThisMachine(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return r.RemoteAddr == "pipe" || err == nil && peer.Addr().Unmap().IsLoopback()
}

// isThisHost reports whether a request was meant for this server: a page can have its
// own name lead to this machine, but neither an address nor localhost.
func isThisHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil || strings.EqualFold(host, "localhost") || host == transport.MemoryHost
}

// isJSON takes JSON in UTF-8 alone, whether the parameter says so or not (RFC 8259 §8.1).
func isJSON(contentType string) bool {
	kind, parameters, err := mime.ParseMediaType(contentType)
	charset := parameters["charset"]
	return err == nil && kind == "application/json" &&
		(charset == "" || strings.EqualFold(charset, "utf-8"))
}

func (s *Server) adminIndex(*http.Request) (any, error) {
	list := slices.Clone(adminRoutes())
	for i := range list {
		list[i].Path = adminPath + list[i].Path
	}
	return list, nil
}
