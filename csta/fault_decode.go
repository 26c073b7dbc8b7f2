package csta

import "github.com/wtiphone/wtiphone/internal/scan"

// faultCategories are the alternatives of UniversalFailure (DMCC schema).
var faultCategories = [...]string{
	"operation", "security", "stateIncompatibility", "systemResourceAvailibility",
	"subscribedResourceAvailability", "performanceManagement", "privateData",
	"unspecified", "privateErrorCode",
}

// DecodeFault recognises a refusal in the payload of an answer, in every form that
// the sources suggest: errorCode with definedError or applError (ECMA-354),
// CSTAErrorCode, CSTAException, or the category alone (DMCC schema; that WTI uses
// one of these is inferred). It reports false for a payload that is none of them.
func DecodeFault(payload []byte) (*Fault, bool) {
	c := newCursor(payload)
	if whole := c; c.Kind() != '{' || whole.Skip() != nil || whole.End() != nil {
		return nil, false
	}
	if e, ok := c.Find("errorCode"); ok {
		return sessionFault(e)
	}
	if e, ok := c.Find("CSTAException"); ok && e.Kind() == '{' {
		f := &Fault{Code: GenericOperation, Message: textAt(e, "message")}
		if inner, ok := e.Find("CSTAErrorCode"); ok {
			f.Code, _ = faultCode(inner)
		}
		return f, true
	}
	if e, ok := c.Find("CSTAErrorCode"); ok {
		code, message := faultCode(e)
		return &Fault{Code: code, Message: message}, true
	}
	return bareFault(c)
}

// TextFault is the refusal that a server gives as plain text only.
func TextFault(text string) *Fault {
	return &Fault{Code: unspecifiedFault, Message: text}
}

// unspecifiedFault has no value: the schema's element for it is empty.
const unspecifiedFault FaultCode = "unspecified/"

// sessionFault reads what ECMA-354 calls errorCode: a choice, or its value alone.
func sessionFault(e scan.Cursor) (*Fault, bool) {
	if e.Kind() == '"' {
		text, _ := e.Text()
		return &Fault{Code: FaultCode(sessionCategory + "/" + text)}, text != ""
	}
	if defined := textAt(e, "definedError"); defined != "" {
		return &Fault{Code: FaultCode(sessionCategory + "/" + defined)}, true
	}
	if _, ok := e.Find("applError"); ok {
		return &Fault{Code: applicationFault, Message: textAt(e, "applError")}, true
	}
	return nil, false
}

// bareFault takes an object whose only member is a category with a plain value.
// An answer with other members is an answer, whatever one of them is called.
func bareFault(c scan.Cursor) (*Fault, bool) {
	members, plain := 0, false
	ahead := c
	_ = ahead.Members(func(name []byte) error {
		members++
		kind := ahead.Kind()
		_, known := faultCategory(name)
		plain = known && kind != '{' && kind != '['
		return ahead.Skip()
	})
	if members != 1 || !plain {
		return nil, false
	}
	code, _ := faultCode(c)
	return &Fault{Code: code}, true
}

// faultCode reads a choice of one category; whatever else stands there is the
// server's own words.
func faultCode(e scan.Cursor) (code FaultCode, message string) {
	code = unspecifiedFault
	if e.Kind() != '{' {
		message, _ = e.Text()
		return code, message
	}
	ahead := e
	_ = ahead.Members(func(name []byte) error {
		category, known := faultCategory(name)
		kind := ahead.Kind()
		value, err := ahead.Text()
		switch {
		case kind == '{' || kind == '[' || !known:
			if category != "unspecified" {
				message = value
			}
		default:
			code = FaultCode(category + "/" + value)
		}
		return err
	})
	if code != unspecifiedFault {
		message = ""
	}
	return code, message
}

// faultCategory finds the category of that name, as [FaultCode] spells it.
func faultCategory(name []byte) (string, bool) {
	if equalFold(name, "systemResourceAvailability") {
		return "systemResourceAvailibility", true // the schema's own spelling
	}
	for _, category := range faultCategories {
		if equalFold(name, category) {
			return category, true
		}
	}
	return "", false
}

// textAt is the text of a member, "" if there is none.
func textAt(c scan.Cursor, name string) string {
	at, ok := c.Find(name)
	if !ok {
		return ""
	}
	text, _ := at.Text()
	return text
}
