package mockaes

import (
	"crypto/subtle"
	"log/slog"
	"net/http"
	"strings"
)

// authenticate finds the user of an upgrade: by Basic credentials, or by the token
// of a session that lives, which is then the one to go on with. No user: 401, and why is
// for the log alone.
func (s *Server) authenticate(r *http.Request) (user *User, held *session, why string) {
	if name, password, ok := r.BasicAuth(); ok {
		if !s.dialect.Basic {
			return nil, nil, "this release takes no Basic credentials"
		}
		if user = s.login(name, password); user == nil {
			why = "no such user, or another password"
		}
		return user, nil, why
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, nil, "no credentials"
	}
	if held = s.sessionByToken(strings.TrimSpace(token)); held == nil {
		return nil, nil, "no session that lives has this token"
	}
	return held.user, held, ""
}

// turnAway answers a request with a status, and says in the log why.
func (s *Server) turnAway(w http.ResponseWriter, r *http.Request, status int, why string) {
	s.log.Info("request turned away", slog.String("path", r.URL.Path),
		slog.String("from", r.RemoteAddr), slog.Int("status", status), slog.String("reason", why))
	http.Error(w, http.StatusText(status), status)
}

func (s *Server) login(name, password string) *User {
	for i := range s.opts.Users {
		u := &s.opts.Users[i]
		if u.Name == name && sameSecret(string(u.Password), password) {
			return u
		}
	}
	return nil
}

// sessionByToken finds a session that has not expired.
func (s *Server) sessionByToken(token string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, held := range s.sessions {
		if !held.lapsed && sameSecret(held.token, token) {
			return held
		}
	}
	return nil
}

func sameSecret(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
