package pbx

import (
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// collect waits for digits. Those that came before count (CM: dial-ahead).
func (r *vectorRun) collect(st vector.Step) bool {
	r.want, r.digits = st.Digits, ""
	wait, then := digitsWait, jobCollected
	if st.Announcement != "" && r.ahead == "" {
		a := r.s.devices[st.Announcement].announcement
		r.hear(a.Sound)
		if a.Length > 0 {
			wait, then = a.Length, jobAsked
		}
	}
	ahead := r.ahead
	r.ahead = ""
	r.timer = r.alarm(wait, then)
	for i := range len(ahead) {
		r.digit(ahead[i])
	}
	return true
}

// digit takes one digit that the caller dialled.
func (r *vectorRun) digit(d byte) {
	if r.want == 0 {
		if len(r.ahead) < maxDigits {
			r.ahead += string(d)
		}
		return
	}
	r.timer.stop()
	r.hear(Silence)
	if d == '#' {
		r.collected()
		return
	}
	r.digits += string(d)
	if len(r.digits) >= r.want {
		r.collected()
		return
	}
	r.timer = r.alarm(digitsWait, jobCollected)
}

func (r *vectorRun) collected() {
	r.timer.stop()
	r.want = 0
	if r.digits != "" {
		r.call.entered, r.call.enteredAt = r.digits, r.vdn.dev
		id := r.vdn.id()
		r.s.tell(r.call, csta.CauseNormal, func(h csta.CallEvent) csta.Event {
			return csta.EnteredDigits{
				Monitored: h.Monitored, Connection: id, Digits: r.call.entered,
				Local: h.Local, Cause: h.Cause,
			}
		})
	}
	r.goOn()
}
