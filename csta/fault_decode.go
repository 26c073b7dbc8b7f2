package csta

import (
	"github.com/tidwall/gjson"
)

// faultCategories are the alternatives of UniversalFailure (DMCC schema).
var faultCategories = [...]string{
	"operation", "security", "stateIncompatibility", "systemResourceAvailibility",
	"systemResourceAvailability", "subscribedResourceAvailability", "performanceManagement",
	"privateData", "unspecified", "privateErrorCode",
}

// DecodeFault recognises a refusal in the payload of an answer, in every form that
// the sources suggest: errorCode with definedError or applError (ECMA-354),
// CSTAErrorCode, CSTAException, or the category alone (DMCC schema; that WTI uses
// one of these is inferred). It reports false for a payload that is none of them.
func DecodeFault(payload []byte) (*Fault, bool) {
	if len(payload) == 0 || !gjson.ValidBytes(payload) {
		return nil, false
	}
	doc := gjson.ParseBytes(payload)
	if !doc.IsObject() {
		return nil, false
	}
	if f := sessionFault(doc); f != nil {
		return f, true
	}
	if e := member(doc, "CSTAException"); e.IsObject() {
		f := &Fault{Code: GenericOperation, Message: textOf(member(e, "message"))}
		if code, ok := faultCode(member(e, "CSTAErrorCode")); ok {
			f.Code = code
		}
		return f, true
	}
	if e := member(doc, "CSTAErrorCode"); e.Exists() {
		if code, ok := faultCode(e); ok {
			return &Fault{Code: code}, true
		}
		return &Fault{Code: "unspecified/", Message: textOf(e)}, true
	}
	return bareFault(doc)
}

// TextFault is the refusal that a server gives as plain text only.
func TextFault(text string) *Fault {
	return &Fault{Code: "unspecified/", Message: text}
}

func sessionFault(doc gjson.Result) *Fault {
	e := member(doc, "errorCode")
	if !e.IsObject() {
		return nil
	}
	if defined := member(e, "definedError"); defined.Exists() {
		return &Fault{Code: FaultCode(sessionCategory + "/" + textOf(defined))}
	}
	if text := member(e, "applError"); text.Exists() {
		return &Fault{Code: sessionCategory + "/applError", Message: textOf(text)}
	}
	return nil
}

// bareFault takes an object whose only member is a category with a plain value.
// An answer with other members is an answer, whatever one of them is called.
func bareFault(doc gjson.Result) (*Fault, bool) {
	members := 0
	doc.ForEach(func(_, _ gjson.Result) bool {
		members++
		return members < 2
	})
	if members != 1 {
		return nil, false
	}
	code, ok := faultCode(doc)
	return &Fault{Code: code}, ok
}

func faultCode(e gjson.Result) (code FaultCode, ok bool) {
	if !e.IsObject() {
		return "", false
	}
	e.ForEach(func(key, value gjson.Result) bool {
		for _, c := range faultCategories {
			if equalFold(key.Str, c) && !value.IsObject() && !value.IsArray() {
				code, ok = FaultCode(c+"/"+textOf(value)), true
			}
		}
		return !ok
	})
	return code, ok
}

// member finds a member by name without regard to case.
func member(doc gjson.Result, name string) (found gjson.Result) {
	doc.ForEach(func(key, value gjson.Result) bool {
		if equalFold(key.Str, name) {
			found = value
			return false
		}
		return true
	})
	return found
}
