package dialect

import (
	"net/http"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// restGroups concern REST, of which one path and one body are public.
var restGroups = []group{
	{"rest-body", []way{
		{"bare", "answers over REST are the bare payload [guess]", func(d *Dialect) {
			d.restEnvelope = false
		}},
		{"envelope", "they have header and payload, as on a socket [guess]", func(d *Dialect) {
			d.restEnvelope = true
		}},
	}},
	{"rest-fault", []way{
		{
			"json", "refusals are HTTP 400 with the fault; 404: no such service [seen: 400]",
			func(d *Dialect) { d.restFault = restJSON },
		},
		{"ok", "refusals are HTTP 200 with the fault [guess]", func(d *Dialect) {
			d.restFault = restOK
		}},
		{
			"text", "refusals are HTTP 400 or 404 with words [seen: BAD request]",
			func(d *Dialect) { d.restFault = restText },
		},
	}},
}

// REST makes HTTP's answer of one that a socket would carry. known is whether there
// is such a service.
func (d *Dialect) REST(answer []byte, fault *csta.Fault, known bool) RESTAnswer {
	a := RESTAnswer{Status: http.StatusOK, Type: "application/json", Body: answer}
	if !d.restEnvelope {
		f, err := wire.Parse(answer)
		if a.Body = f.Payload; err != nil || f.IsText {
			a.Type = "text/plain; charset=utf-8"
		}
	}
	if fault != nil {
		d.restFault(&a, known)
	}
	return a
}

// RESTAnswer is what HTTP carries.
type RESTAnswer struct {
	Status int
	Type   string
	Body   []byte
}

// The forms of a refusal over REST.

func restJSON(a *RESTAnswer, known bool) {
	a.Status = http.StatusBadRequest
	if !known {
		a.Status = http.StatusNotFound
	}
}

func restOK(*RESTAnswer, bool) {}

func restText(a *RESTAnswer, known bool) {
	restJSON(a, known)
	a.Type = "text/plain; charset=utf-8"
	a.Body = []byte(http.StatusText(a.Status))
	if known {
		a.Body = []byte("BAD request")
	}
}
