package wti

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"unicode"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// Dialect is what the public sources leave open about how a server wants to be
// spoken to. The zero value finds it out: the likeliest form is tried first, and
// another when a refusal hints at it (see [Quirks]). What is set here is not tried,
// it is used.
type Dialect struct {
	Token  TokenPlace
	Fields FieldStyle
	Filter FilterPolarity
	// Names has the wire names of services that differ from ours, for example
	// "MonitorStart": "MonitorDevice".
	Names map[string]string
}

// TokenPlace says where a request carries the session's token.
type TokenPlace string

// The places of the token. AES 10.2 is thought to bind the session to the socket.
const (
	TokenAuto          TokenPlace = ""
	TokenSocket        TokenPlace = "socket"               // nowhere: the socket is enough
	TokenMember        TokenPlace = "header.token"         // "token":"..."
	TokenAuthorization TokenPlace = "header.Authorization" // "Authorization":"Bearer ..."
)

// FieldStyle says how the members of a payload are written. Session services have
// their own names, whatever the style (WTI forum).
type FieldStyle string

// The styles of members: DMCC's, or with a capital as WTI's own session request has.
const (
	FieldsAuto  FieldStyle = ""
	FieldsLower FieldStyle = "lower" // callingDevice
	FieldsUpper FieldStyle = "upper" // CallingDevice
)

// dialect is a session's present Dialect and what of it has been proven.
type dialect struct {
	given Dialect // what is not to be tried

	mu     sync.Mutex
	now    Dialect
	names  map[string]string // service -> the name that a server knows it by
	found  []string          // names of the quirks that were found out, in order
	proven bool              // a request behind the session's start was carried out
	alone  bool              // sessions cannot be handed over
}

func newDialect(d Dialect) *dialect {
	v := &dialect{given: d, now: d, names: make(map[string]string)}
	for service, name := range d.Names {
		v.names[service] = name
	}
	return v
}

// speech is how one request is to be spoken.
type speech struct {
	name   string
	token  TokenPlace
	fields FieldStyle
}

func (d *dialect) speak(service string) speech {
	d.mu.Lock()
	defer d.mu.Unlock()
	sp := d.untaught(service)
	if known, ok := d.names[service]; ok {
		sp.name = known
	}
	sp.token, sp.fields = d.now.Token, d.now.Fields
	return sp
}

// untaught is how a request is spoken before anything was found out.
func (d *dialect) untaught(service string) speech {
	sp := speech{name: service, token: d.given.Token, fields: d.given.Fields}
	if given, ok := d.given.Names[service]; ok {
		sp.name = given
	} else if likely, ok := wireNames[service]; ok {
		sp.name = likely
	}
	return sp
}

// allows reports whether a request that was refused as sp may be tried as other: what
// was given is used and not tried.
func (d *dialect) allows(sp, other speech) bool {
	return (d.given.Token == TokenAuto || other.token == sp.token) &&
		(d.given.Fields == FieldsAuto || other.fields == sp.fields)
}

// settle remembers what worked, for the life of the session.
func (d *dialect) settle(service string, sp speech) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, uncertain := wireNames[service]; uncertain {
		d.names[service] = sp.name
	}
	if isSessionService(service) {
		return // it works in every dialect, and proves none
	}
	d.now.Token, d.now.Fields = sp.token, sp.fields
	d.proven = true
	d.note(service, sp)
}

// lean remembers what seems to help, without taking it for proven.
func (d *dialect) lean(sp speech) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.Token, d.now.Fields = sp.token, sp.fields
}

// open reports whether the place of the token and the style of fields are still to
// be found out.
func (d *dialect) open() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !d.proven
}

func (d *dialect) knows(service string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.names[service]
	return ok
}

func isSessionService(service string) bool {
	return strings.HasSuffix(service, "ApplicationSession") ||
		strings.HasSuffix(service, "ApplicationSessionTimer")
}

// header is the envelope's header for a request spoken so.
func (sp speech) header(service string, id int64, token csta.Secret) wire.Header {
	h := wire.Header{Kind: wire.Request, Name: sp.name, InvokeID: id}
	if service == (csta.StartApplicationSession{}).Service() {
		return h // there is no token yet
	}
	switch sp.token {
	case TokenMember:
		h.Token = string(token)
	case TokenAuthorization:
		h.Authorization = "Bearer " + string(token)
	}
	return h
}

// payload is the request's payload spoken so.
func (sp speech) payload(service string, req any) (any, error) {
	if sp.fields != FieldsUpper || isSessionService(service) {
		return req, nil
	}
	text, err := json.Marshal(req)
	if err != nil {
		return nil, err
	}
	return json.RawMessage(capitalize(text)), nil
}

// capitalize gives every member of a JSON text a capital initial. It relies on the
// text being encoding/json's: a string before a colon is a member's name.
func capitalize(text []byte) []byte {
	out := bytes.Clone(text)
	for i := 0; i < len(out); i++ {
		if out[i] != '"' {
			continue
		}
		begin := i + 1
		for i++; out[i] != '"'; i++ {
			if out[i] == '\\' {
				i++
			}
		}
		if i+1 < len(out) && out[i+1] == ':' && begin < i {
			out[begin] = byte(unicode.ToUpper(rune(out[begin])))
		}
	}
	return out
}

// offersHandover reports whether it is worth asking for monitors to be handed over.
func (d *dialect) offersHandover() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !d.alone
}

// noHandover remembers a refusal that says that the server does not offer it.
func (d *dialect) noHandover(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.alone = d.alone || isUnknownService(err)
}
