package dialplan

import (
	"cmp"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// maxE164 is the longest number in digits (ITU-T E.164 §6.2.1).
const maxE164 = 15

// Plan says how numbers outside are dialled. Fields that are empty are as in North
// America: see [Plan.OrNorthAmerica].
type Plan struct {
	Access        string // dialled for an outside line; 9
	Country       string // the switch's country code; 1
	National      string // dialled before a number of the same country; 1
	International string // dialled before a country code; 011
}

// OrNorthAmerica is the plan with what is empty filled in.
func (p Plan) OrNorthAmerica() Plan {
	p.Access = cmp.Or(p.Access, "9")
	p.Country = cmp.Or(p.Country, "1")
	p.National = cmp.Or(p.National, "1")
	p.International = cmp.Or(p.International, "011")
	return p
}

// Wrong is the name of the first field that is not of digits, "" if all are.
func (p Plan) Wrong() string {
	for _, code := range []struct{ field, digits string }{
		{"Access", p.Access},
		{"Country", p.Country},
		{"National", p.National},
		{"International", p.International},
	} {
		if !digitsOnly(code.digits) {
			return code.field
		}
	}
	return ""
}

// Outside reports whether a number that is not of the switch leads outside: those with +,
// those with the access code, and that of emergency calls.
func (p Plan) Outside(number string) bool {
	return strings.HasPrefix(number, "+") || number == emergency ||
		strings.HasPrefix(number, p.Access) && len(number) > 3
}

// Emergency reports whether a number is that of emergency calls, with or without the
// access code.
func (p Plan) Emergency(number string) bool {
	return number == emergency || number == p.Access+emergency
}

// Worldwide makes a worldwide number of what is dialled. What is not dialled to go outside
// has none.
func (p Plan) Worldwide(dialled string) csta.E164Result {
	r := csta.E164Result{Outcome: csta.E164NoMatch, DialString: dialled}
	if !digitsOnly(dialled) {
		r.Outcome = csta.E164Invalid
		return r
	}
	rest, outside := strings.CutPrefix(dialled, p.Access)
	if !outside {
		return r
	}
	number, abroad := strings.CutPrefix(rest, p.International)
	if !abroad {
		national, ok := strings.CutPrefix(rest, p.National)
		if !ok {
			return r
		}
		number = p.Country + national
	}
	if len(number) <= len(p.Country) || len(number) > maxE164 {
		return r
	}
	r.Outcome, r.E164 = csta.E164Converted, "+"+number
	return r
}

// Dialled makes what is dialled of a worldwide number.
func (p Plan) Dialled(number string) csta.E164Result {
	r := csta.E164Result{Outcome: csta.E164Invalid, E164: number}
	digits, ok := strings.CutPrefix(number, "+")
	if !ok || !digitsOnly(digits) || len(digits) > maxE164 {
		return r
	}
	r.Outcome = csta.E164Converted
	if national, here := strings.CutPrefix(digits, p.Country); here {
		r.DialString = p.Access + p.National + national
	} else {
		r.DialString = p.Access + p.International + digits
	}
	return r
}
