package mockaes

import (
	"crypto/subtle"
	"net/http"
	"strings"
)

// authenticate finds the user of an upgrade: by Basic credentials, or by the token
// of a session that lives, which is then the one to go on with. No user: 401.
func (s *Server) authenticate(r *http.Request) (*User, *session) {
	if name, password, ok := r.BasicAuth(); ok {
		if !s.dialect.Basic {
			return nil, nil
		}
		return s.login(name, password), nil
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, nil
	}
	held := s.sessionByToken(strings.TrimSpace(token))
	if held == nil {
		return nil, nil
	}
	return held.user, held
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
