package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/wtiphone/wtiphone/wti"
)

// linkTeller says on stderr what became of the connection, for verbs that have no screen:
// one that is silent may have nothing to say, or may have been cut.
type linkTeller struct {
	errs    io.Writer
	again   string            // what goes on when the link has healed; may be empty
	changed func(wti.CTILink) // is told of CTI links as well; may be nil

	healing bool
	was     map[string]wti.CTILink // as last told, by switch
}

// tell is for [wti.Session.OnStatus].
func (t *linkTeller) tell(st wti.Status) {
	if st.State == wti.Live && t.healing {
		fmt.Fprintf(t.errs, "wtiphone: link is live again%s\n", t.again)
	}
	if st.State == wti.Healing && !t.healing {
		fmt.Fprintf(t.errs, "wtiphone: link lost, healing: %s\n", printable(fmt.Sprint(st.Why)))
	}
	t.healing = st.State == wti.Healing
	for _, now := range st.CTI {
		was, told := t.was[now.Switch]
		if now == was || !told && now.State != wti.CTIDown {
			continue
		}
		if t.was == nil {
			t.was = make(map[string]wti.CTILink)
		}
		t.was[now.Switch] = now
		t.tellCTI(now)
		if t.changed != nil {
			t.changed(now)
		}
	}
}

func (t *linkTeller) tellCTI(l wti.CTILink) {
	if l.State == wti.CTIDown {
		fmt.Fprintf(t.errs,
			"wtiphone: link is live, CTI link to %s down since %s: no events come\n",
			printable(l.Switch), l.Since.Format("15:04:05"))
		return
	}
	fmt.Fprintf(t.errs, "wtiphone: CTI link to %s is up again\n", printable(l.Switch))
}

// list is words as a sentence has them.
func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
