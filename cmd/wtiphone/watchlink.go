package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/wtiphone/wtiphone/wti"
)

// linkTeller says on stderr what became of the connection: a stream that is silent may
// have nothing to say, or may have been cut. The CTI link is told on stdout as well,
// where the events of its monitors stand, if they are JSON.
func (w *watcher) linkTeller() func(wti.Status) {
	var was wti.CTILink // as last told
	healing := false
	return func(st wti.Status) {
		if st.State == wti.Live && healing {
			fmt.Fprintln(w.errs, "wtiphone: link is live again")
		}
		if st.State == wti.Healing && !healing {
			fmt.Fprintf(w.errs, "wtiphone: link lost, healing: %s\n",
				printable(fmt.Sprint(st.Why)))
		}
		healing = st.State == wti.Healing
		for _, now := range st.CTI {
			if now == was || was.State == "" && now.State != wti.CTIDown {
				continue
			}
			was = now
			tellCTI(w.errs, now)
			if w.json {
				w.printCTI(now)
			}
		}
	}
}

func tellCTI(w io.Writer, l wti.CTILink) {
	if l.State == wti.CTIDown {
		fmt.Fprintf(w, "wtiphone: link is live, CTI link to %s down since %s: no events come\n",
			printable(l.Switch), l.Since.Format("15:04:05"))
		return
	}
	fmt.Fprintf(w, "wtiphone: CTI link to %s is up again\n", printable(l.Switch))
}

// printCTI prints the state of a CTI link among the events.
func (w *watcher) printCTI(l wti.CTILink) {
	payload, _ := json.Marshal(map[string]any{ // texts and times always can be
		"switch": l.Switch, "state": l.State, "since": l.Since,
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = writeJSON(w.out, line{Time: l.Since, Event: "CTILink", Payload: payload})
}
