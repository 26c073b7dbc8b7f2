package calls

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// The state model of ECMA-269 as a matrix: the state of a connection, the event it
// is the subject of, and the state after it. '!' marks what the model does not
// have: the state follows the event all the same, and a surprise is noted. What
// leaves a connection in its state ('.') is never a surprise, for one event comes
// twice where two parties of a call are monitored.
const model = `
           initiated  originated delivered  established held       retrieved  queued     failed     diverted   cleared
null       initiated  connected  alerting   connected   !hold      !connected queued     fail       .          .
initiated  .          connected  !alerting  !connected  !hold      !connected !queued    fail       !null      null
alerting   !initiated !connected .          connected   !hold      !connected !queued    fail       null       null
connected  !initiated .          !alerting  .           hold       .          queued     fail       !null      null
hold       !initiated !connected !alerting  !connected  .          connected  !queued    fail       !null      null
queued     !initiated !connected alerting   connected   !hold      !connected .          fail       null       null
fail       !initiated !connected !alerting  !connected  !hold      !connected !queued    .          null       null
`

func TestTheStateModel(t *testing.T) {
	kinds := []kind{
		initiated, originated, delivered, established, held, retrieved, queued, failed,
		diverted, cleared,
	}
	states := []csta.ConnectionState{
		csta.Null, csta.Initiated, csta.Alerting, csta.Connected, csta.Held, csta.Queued,
		csta.Fail,
	}
	rows := strings.Split(strings.TrimSpace(model), "\n")[1:]
	for i, from := range states {
		got := []string{string(from)}
		for _, k := range kinds {
			to, ok := next(from, k)
			cell := string(to)
			switch {
			case !ok:
				cell = "!" + cell
			case to == from:
				cell = "."
			}
			got = append(got, cell)
		}
		if want := strings.Fields(rows[i]); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("from %s:\ngot  %v\nwant %v", from, got, want)
		}
	}
}

func TestAnEventAboutTheNetworkSaysNothingOfAState(t *testing.T) {
	if to, ok := next(csta.Connected, reached); to != csta.Connected || !ok {
		t.Errorf("got %s, %v", to, ok)
	}
}
