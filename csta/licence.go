package csta

import "strings"

// The licences that AES uses for a session, by the names that they have at its license
// manager (Avaya: AE Services licensing).
const (
	// TSAPILicence is TSAPI Basic User: one for each station that is controlled or
	// monitored, and for each skill that is monitored.
	TSAPILicence = "VALUE_AES_TSAPI_USERS"
	// DMCCLicence is one for each terminal that is registered.
	DMCCLicence = "VALUE_DMCC_DMC"
)

const privateCategory = "privateErrorCode"

// NoLicence is what a server refuses with for want of a licence. Public sources have
// neither code nor text: the category is that for what is Avaya's own, and the text is
// inferred. To recognise it, ask [Fault.Licence].
func NoLicence(name string) FaultCode {
	return FaultCode(privateCategory + "/no license available: " + name)
}

// Licence is what the server has run out of, if the fault says that it refused for want of
// a licence: in words of its own, since there is no code for it.
func (f *Fault) Licence() (name string, missing bool) {
	if f.Code.Category() != privateCategory && f.Code != GenericOperation {
		return "", false
	}
	return LicenceIn(f.Code.Value() + " " + f.Message)
}

// Shortage says in words what a licence of that name is, that there is none left, and what
// to do.
func Shortage(name string) string {
	if name == DMCCLicence {
		return "AES has no DMCC licence left: unregister terminals that nobody needs, " +
			"or have licences added (WebLM, " + name + ")"
	}
	return "AES has no TSAPI Basic User licence left: stop monitors that nobody needs, " +
		"or have licences added (WebLM, " + name + ")"
}

// LicenceIn finds in a server's words, such as the reason of a registration that failed,
// that a licence is missing, and which. One that they do not name is TSAPI's, which nearly
// every service needs.
func LicenceIn(words string) (name string, missing bool) {
	words = strings.ToLower(words)
	switch {
	case !strings.Contains(words, "licens") && !strings.Contains(words, "licenc"):
		return "", false
	case strings.Contains(words, "dmcc"):
		return DMCCLicence, true
	}
	return TSAPILicence, true
}
