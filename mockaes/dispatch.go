package mockaes

import (
	"errors"
	"reflect"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// service carries out one request of a connection. An error that is a [csta.Fault]
// goes to the client as it is.
type service func(c *conn, payload []byte) (any, error)

// dispatch finds the service and carries it out.
func (c *conn) dispatch(frame wire.Frame) (any, error) {
	do, known := services[frame.Name]
	if !known || !c.server.dialect.Knows(frame.Name) {
		return nil, &csta.Fault{Code: c.server.dialect.Unknown, Message: "no service " + frame.Name}
	}
	if frame.IsText {
		return nil, malformed(csta.InvalidParameterValue, errTextPayload)
	}
	if held := c.session.Load(); held != nil && !opensSession(frame.Name) &&
		!c.server.dialect.Authorized(frame, held.token) {
		return nil, &csta.Fault{Code: wrongToken, Message: "the request carries no valid token"}
	}
	if err := c.server.dialect.Misspelt(frame.Name, frame.Payload); err != nil {
		return nil, malformed(csta.ParameterMissing, err)
	}
	return do(c, frame.Payload)
}

// wrongToken refuses a request without the token that the dialect asks for; which
// code AES uses is not public.
const wrongToken csta.FaultCode = "security/securityInfoViolated"

var errTextPayload = errors.New("the payload is not JSON")

// open makes a service of a function that needs no session.
func open[Req, Reply any](f func(*conn, Req) (Reply, error)) service {
	return func(c *conn, payload []byte) (any, error) {
		var req Req
		if err := csta.Decode(payload, &req); err != nil {
			return nil, malformed(csta.InvalidParameterValue, err)
		}
		return f(c, req)
	}
}

// handle makes a service of a function that needs a session.
func handle[Req, Reply any](f func(*session, Req) (Reply, error)) service {
	return open(func(c *conn, req Req) (Reply, error) {
		held, err := c.live()
		if err != nil {
			var none Reply
			return none, err
		}
		return f(held, req)
	})
}

// withSwitch is [handle] for what cannot be done while the link to the switch is down. The
// switch is that of the device that the request acts for, or that it names.
func withSwitch[Req, Reply any](f func(*session, *exchange, Req) (Reply, error)) service {
	find := subjectOf[Req]()
	return handle(func(held *session, req Req) (Reply, error) {
		at := held.server.exchangeOf(find(req))
		if err := at.linked(); err != nil {
			var none Reply
			return none, err
		}
		return f(held, at, req)
	})
}

// at makes a service of what the switch does for a device, which the session's user
// has to be allowed to control.
func at[Req, Reply any](do func(*pbx.Switch, Req) (Reply, error)) service {
	find, name := subjectOf[Req](), nameOf[Req]()
	return withSwitch(func(held *session, at *exchange, req Req) (any, error) {
		device := find(req)
		if err := held.mayControl(device); err != nil {
			return nil, err
		}
		return held.licensed(name, controllerOf(req, device), func() (any, error) {
			return do(at.Switch, req)
		})
	})
}

// nameOf is the name of a request's service.
func nameOf[Req any]() string {
	if named, ok := any(*new(Req)).(interface{ Service() string }); ok {
		return named.Service()
	}
	return ""
}

// controllerOf is the device that does what is asked for: who picks a call up, not who is
// called.
func controllerOf(req any, subject csta.DeviceID) csta.DeviceID {
	if pickup, ok := req.(csta.DirectedPickupCall); ok {
		return pickup.Device
	}
	return subject
}

// ofSwitch is [at] for what concerns no device.
func ofSwitch[Req, Reply any](do func(*pbx.Switch, Req) (Reply, error)) service {
	return withSwitch(func(_ *session, at *exchange, req Req) (Reply, error) {
		return do(at.Switch, req)
	})
}

// done is [at] for what has no answer but that it was done.
func done[Req any](do func(*pbx.Switch, Req) error) service {
	return at(func(s *pbx.Switch, req Req) (csta.Empty, error) {
		return csta.Empty{}, do(s, req)
	})
}

// subjectOf returns how to find the device that a request acts for: in every service
// it is the first device or connection of the request (DMCC schema). A request that acts
// for a switch has the switch's name instead: then it is an id without an extension.
func subjectOf[Req any]() func(Req) csta.DeviceID {
	t := reflect.TypeFor[Req]()
	for i := range t.NumField() {
		switch t.Field(i).Type {
		case reflect.TypeFor[csta.DeviceID]():
			return func(req Req) csta.DeviceID {
				return csta.DeviceID(reflect.ValueOf(req).Field(i).String())
			}
		case reflect.TypeFor[csta.ConnectionID]():
			return func(req Req) csta.DeviceID {
				return reflect.ValueOf(req).Field(i).Interface().(csta.ConnectionID).Device
			}
		case reflect.TypeFor[csta.CallObject]():
			return func(req Req) csta.DeviceID {
				return objectOf(reflect.ValueOf(req).Field(i).Interface().(csta.CallObject))
			}
		case reflect.TypeFor[csta.MonitorObject]():
			return func(req Req) csta.DeviceID {
				o := reflect.ValueOf(req).Field(i).Interface().(csta.MonitorObject)
				return objectOf(csta.CallObject{Call: o.Call, Device: o.Device})
			}
		}
		if name := t.Field(i).Name; name == "Switch" || name == "SwitchName" {
			return func(req Req) csta.DeviceID {
				return csta.DeviceID(":" + reflect.ValueOf(req).Field(i).String())
			}
		}
	}
	return func(Req) csta.DeviceID { return "" }
}

// objectOf is the device of what may be a call or a device.
func objectOf(o csta.CallObject) csta.DeviceID {
	if o.Call != nil {
		return o.Call.Device
	}
	return o.Device
}

// live is the connection's session, if it has one that has not run out.
func (c *conn) live() (*session, error) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	held := c.session.Load()
	if held == nil || held.lapsed || held.ended {
		return nil, csta.Refuse(csta.InvalidSessionID)
	}
	return held, nil
}
