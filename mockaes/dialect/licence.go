package dialect

import "github.com/wtiphone/wtiphone/csta"

// LicenceRule is which services need a TSAPI Basic User licence. A later rule has those of
// the earlier ones, and more.
type LicenceRule int

// Which services they are.
const (
	LicencesOfOverview LicenceRule = iota // call control, monitors of stations and skills
	LicencesOfForum                       // agents, features, monitors of calls and VDNs
	LicencesOfAll                         // snapshots and whatever else is about a station
)

// licenceGroups concern licences that run out. Public sources say what uses them, and
// nothing of how a request is refused for want of one.
var licenceGroups = []group{
	{"licence", []way{
		{"overview", "call control and monitors need a TSAPI licence [tsapi]", func(d *Dialect) {
			d.Licences = LicencesOfOverview
		}},
		{"forum", "agent and feature services, VDN monitors too [tsapi, older]", func(d *Dialect) {
			d.Licences = LicencesOfForum
		}},
		{"all", "snapshots as well [guess]", func(d *Dialect) { d.Licences = LicencesOfAll }},
	}},
	{"no-licence", []way{
		{"private", "without one it is privateErrorCode with a text [guess]", func(d *Dialect) {
			d.NoTSAPILicence = csta.NoLicence(csta.TSAPILicence)
		}},
		{"subscribed", "subscribedResourceAvailability/generic [guess]", func(d *Dialect) {
			d.NoTSAPILicence = csta.GenericSubscribed
		}},
	}},
	{"no-terminal-licence", []way{
		{"answer", "a registration without one has a code and reason [dmcc]", func(d *Dialect) {
			d.NoDMCCLicence = ""
		}},
		{"fault", "it is refused with privateErrorCode and a text [guess]", func(d *Dialect) {
			d.NoDMCCLicence = csta.NoLicence(csta.DMCCLicence)
		}},
	}},
}
