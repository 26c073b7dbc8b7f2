package pbx

import (
	"cmp"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// maxE164 is the longest number in digits (ITU-T E.164 §6.2.1).
const maxE164 = 15

// DialPlan says how numbers outside are dialled. Fields that are empty are as in
// North America.
type DialPlan struct {
	Access        string // dialled for an outside line; 9
	Country       string // the switch's country code; 1
	National      string // dialled before a number of the same country; 1
	International string // dialled before a country code; 011
}

func (p DialPlan) withDefaults() DialPlan {
	p.Access = cmp.Or(p.Access, "9")
	p.Country = cmp.Or(p.Country, "1")
	p.National = cmp.Or(p.National, "1")
	p.International = cmp.Or(p.International, "011")
	return p
}

// ConvertDialStringToE164 makes worldwide numbers of what is dialled.
func (s *Switch) ConvertDialStringToE164(
	req csta.ConvertDialStringToE164,
) (csta.E164Results, error) {
	return s.convert(req.Switch, req.DialStrings, s.lab.DialPlan.worldwide)
}

// ConvertE164ToDialString makes what is dialled of worldwide numbers.
func (s *Switch) ConvertE164ToDialString(
	req csta.ConvertE164ToDialString,
) (csta.E164Results, error) {
	return s.convert(req.Switch, req.Numbers, s.lab.DialPlan.dialled)
}

func (s *Switch) convert(
	name string, numbers []string, one func(string) csta.E164Result,
) (csta.E164Results, error) {
	if name != "" && !strings.EqualFold(name, s.lab.Name) {
		return csta.E164Results{}, csta.Refuse(csta.InvalidDeviceID)
	}
	r := csta.E164Results{Switch: s.lab.Name}
	for _, n := range numbers {
		r.Results = append(r.Results, one(n))
	}
	return r, nil
}

// worldwide converts what is dialled. What is not dialled to go outside has no such
// number.
func (p DialPlan) worldwide(dialled string) csta.E164Result {
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

// dialled converts a worldwide number.
func (p DialPlan) dialled(number string) csta.E164Result {
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

func digitsOnly(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
