package dialect

import "github.com/wtiphone/wtiphone/mockaes/pbx"

// switchGroups concern what the server and the switch do. Where the switch has a
// choice of its own, the default is what its lab says.
var switchGroups = []group{
	{"order", []way{
		{"answer-first", "an answer comes before its request's events [guess]", func(d *Dialect) {
			d.EventsFirst = false
		}},
		{"events-first", "the events come first [dmcc promises neither]", func(d *Dialect) {
			d.EventsFirst = true
		}},
	}},
	{"resume", []way{
		{"yes", "a session can be taken up again by its id [dmcc]", func(d *Dialect) {
			d.Resume = true
		}},
		{"no", "it cannot [guess]", func(d *Dialect) { d.Resume = false }},
	}},
	{"release", []way{
		{"10.2", "Basic credentials open a socket [seen]", func(d *Dialect) { d.Basic = true }},
		{"10.1", "they get 401, as before 10.2 [seen]", func(d *Dialect) { d.Basic = false }},
	}},
	{"haste", []way{
		{"carried-out", "keys may come as fast as they like [guess]", func(d *Dialect) {
			d.DropsHaste = false
		}},
		{"dropped", "keys within 200 ms of another are lost in silence [dmcc]", func(d *Dialect) {
			d.DropsHaste = true
		}},
	}},
	{"link", []way{
		{"ends-monitors", "when the link is lost, monitors are stopped [guess]", func(d *Dialect) {
			d.LinkLoss = EndMonitors
		}},
		{"keeps-monitors", "they go on when it is back [guess]", func(d *Dialect) {
			d.LinkLoss = KeepMonitors
		}},
		{"forgets-monitors", "they are gone without a word [guess]", func(d *Dialect) {
			d.LinkLoss = ForgetMonitors
		}},
	}},
	{"filter", []way{
		{"lab", "what true in a filter means is up to the lab: wanted [guess]", keep},
		{"wanted", "true asks for an event [guess]", feature(func(f *pbx.Features) {
			f.FilterSuppresses = false
		})},
		{"csta", "true suppresses, without invertFilter [dmcc]", feature(func(f *pbx.Features) {
			f.FilterSuppresses = true
		})},
		{"ecma", "true suppresses, and invertFilter is not known [ecma]", func(d *Dialect) {
			plainFilters(d)
			d.DropsInvert = true
		}},
		{"echo", "likewise, but answers repeat invertFilter [guess]", plainFilters},
	}},
	{"agents", []way{
		{"lab", "which agent events are sent is up to the lab: all [dmcc]", keep},
		{"events", "all are sent [dmcc]", feature(func(f *pbx.Features) { f.OnlyLogins = false })},
		{"logins", "only logins and logouts, at skills [seen]", feature(func(f *pbx.Features) {
			f.OnlyLogins = true
		})},
	}},
	{"events", []way{
		{"lab", "which events are sent is up to the lab: those that CM sends [tsapi]", keep},
		{"cm", "those that CM is known to send [tsapi]", feature(func(f *pbx.Features) {
			f.ECMAEvents = false
		})},
		{"ecma", "Offered, DigitsDialed, Bridged, CallInformation, ReRoute too [ecma]", feature(
			func(f *pbx.Features) { f.ECMAEvents = true },
		)},
	}},
	{"keys", []way{
		{"lab", "how keys of audio are written is up to the lab: hexadecimal [guess]", keep},
		{"hex", "in hexadecimal digits [guess]", feature(func(f *pbx.Features) {
			f.Base64Keys = false
		})},
		{"base64", "in base64 [guess]", feature(func(f *pbx.Features) { f.Base64Keys = true })},
	}},
	{"srtp-type", []way{
		{"lab", "the payload type of SRTP is up to the lab: the codec's [guess]", keep},
		{"codec", "it is that of the codec [guess]", feature(func(f *pbx.Features) {
			f.EncryptedType = 0
		})},
		{"own", "it is 110, as encryption.payloadType says [guess]", feature(
			func(f *pbx.Features) { f.EncryptedType = 110 },
		)},
	}},
	{"reached", []way{
		{"lab", "when NetworkReached is sent is up to the lab: on every call out [guess]", keep},
		{"seized", "when a trunk is seized, and with progress [guess]", feature(
			func(f *pbx.Features) { f.ReachedByProgress = false },
		)},
		{"progress", "over a digital trunk only with progress [asai]", feature(
			func(f *pbx.Features) { f.ReachedByProgress = true },
		)},
	}},
	{"merge", []way{
		{"lab", "which id survives a transfer is up to the lab: the held call's [guess]", keep},
		{"held", "the held call's id survives [guess]", feature(func(f *pbx.Features) {
			f.MergeKeepsActive = false
		})},
		{"active", "the active call's id survives [guess]", feature(func(f *pbx.Features) {
			f.MergeKeepsActive = true
		})},
	}},
	{"diverted", []way{
		{"lab", "who is told Diverted is up to the lab: whom the call leaves [guess]", keep},
		{"own", "the device that the call leaves [guess]", feature(func(f *pbx.Features) {
			f.DivertedToAll = false
		})},
		{"all", "every party [guess]", feature(func(f *pbx.Features) { f.DivertedToAll = true })},
	}},
}

func feature(change func(*pbx.Features)) func(*Dialect) {
	return func(d *Dialect) { d.features = append(d.features, change) }
}

// plainFilters reads filters as ECMA-269 has them: true is 'do not send'.
func plainFilters(d *Dialect) {
	d.NoInvert = true
	feature(func(f *pbx.Features) { f.FilterSuppresses = true })(d)
}
