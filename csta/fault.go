package csta

import (
	"encoding/json"
	"strings"
)

// FaultCode is what a server refuses a request with: category and value as DMCC's
// CSTAErrorCode names them, joined by a slash ("operation/invalidDeviceID"). Codes
// that have no constant arrive as the server spells them.
type FaultCode string

// The refusals of session services (ECMA-354). They have no category on the wire;
// session stands in for it.
const (
	InvalidApplicationInfo FaultCode = "session/invalidApplicationInfo"
	ProtocolNotSupported   FaultCode = "session/requestedProtocolVersionNotSupported"
	ServerBusy             FaultCode = "session/serverResourcesBusy"
	MaxNumberSessions      FaultCode = "session/maxNumberSessions"
	InvalidSessionID       FaultCode = "session/invalidSessionID"
	CannotResetTimer       FaultCode = "session/serverCannotResetSessionTimer"
)

const sessionCategory = "session"

// applicationFault is a session service's refusal in the server's own words.
const applicationFault FaultCode = "session/applError"

// Category is the part before the slash.
func (c FaultCode) Category() string {
	category, _, _ := strings.Cut(string(c), "/")
	return category
}

// Value is the part after the slash.
func (c FaultCode) Value() string {
	_, value, _ := strings.Cut(string(c), "/")
	return value
}

// Fault is a refusal by the server: it understood the request and did not carry it
// out. Match it with errors.As and compare Code.
type Fault struct {
	Code    FaultCode
	Message string // the server's own words, where it gave any
}

// Refuse returns a Fault with a code, for servers.
func Refuse(code FaultCode) *Fault { return &Fault{Code: code} }

// Error is the code, and the server's words behind it.
func (f *Fault) Error() string {
	if f.Message == "" {
		return string(f.Code)
	}
	return string(f.Code) + ": " + f.Message
}

// MarshalJSON writes the fault as a server does: {"CSTAErrorCode":{...}}, and
// {"errorCode":{"definedError":...}} for session services.
func (f *Fault) MarshalJSON() ([]byte, error) {
	type object map[string]any
	category, value := f.Code.Category(), f.Code.Value()
	if f.Code == applicationFault {
		return json.Marshal(object{"errorCode": object{"applError": f.Message}})
	}
	if category == sessionCategory {
		return json.Marshal(object{"errorCode": object{"definedError": value}})
	}
	if f.Message != "" {
		return json.Marshal(object{"CSTAException": object{
			"message": f.Message, "CSTAErrorCode": object{category: value},
		}})
	}
	return json.Marshal(object{"CSTAErrorCode": object{category: value}})
}
