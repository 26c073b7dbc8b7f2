package csta

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
	if whole := c; c.kind() != '{' || whole.skip() != nil || whole.end() != nil {
		return nil, false
	}
	if e, ok := c.find("errorCode"); ok {
		return sessionFault(e)
	}
	if e, ok := c.find("CSTAException"); ok && e.kind() == '{' {
		f := &Fault{Code: GenericOperation, Message: e.textAt("message")}
		if inner, ok := e.find("CSTAErrorCode"); ok {
			f.Code, _ = faultCode(inner)
		}
		return f, true
	}
	if e, ok := c.find("CSTAErrorCode"); ok {
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
func sessionFault(e cursor) (*Fault, bool) {
	if e.kind() == '"' {
		text, _ := e.textOf()
		return &Fault{Code: FaultCode(sessionCategory + "/" + text)}, text != ""
	}
	if defined := e.textAt("definedError"); defined != "" {
		return &Fault{Code: FaultCode(sessionCategory + "/" + defined)}, true
	}
	if _, ok := e.find("applError"); ok {
		return &Fault{Code: applicationFault, Message: e.textAt("applError")}, true
	}
	return nil, false
}

// bareFault takes an object whose only member is a category with a plain value.
// An answer with other members is an answer, whatever one of them is called.
func bareFault(c cursor) (*Fault, bool) {
	members, plain := 0, false
	ahead := c
	_ = ahead.members(func(name string) error {
		members++
		kind := ahead.kind()
		_, known := faultCategory(name)
		plain = known && kind != '{' && kind != '['
		return ahead.skip()
	})
	if members != 1 || !plain {
		return nil, false
	}
	code, _ := faultCode(c)
	return &Fault{Code: code}, true
}

// faultCode reads a choice of one category; whatever else stands there is the
// server's own words.
func faultCode(e cursor) (code FaultCode, message string) {
	code = unspecifiedFault
	if e.kind() != '{' {
		message, _ = e.textOf()
		return code, message
	}
	ahead := e
	_ = ahead.members(func(name string) error {
		category, known := faultCategory(name)
		kind := ahead.kind()
		value, err := ahead.textOf()
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
func faultCategory(name string) (string, bool) {
	if equalFold(name, "systemResourceAvailability") {
		name = "systemResourceAvailibility" // the schema's own spelling
	}
	for _, category := range faultCategories {
		if equalFold(name, category) {
			return category, true
		}
	}
	return "", false
}

// textAt is the text of a member, "" if there is none.
func (c *cursor) textAt(name string) string {
	at, ok := c.find(name)
	if !ok {
		return ""
	}
	text, _ := at.textOf()
	return text
}
