package link

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

const delay = 20 * time.Millisecond

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// far is the other end of a link: it notes what arrives.
type far struct {
	*Link[string]
	got []string
}

func newFar(c clock.Clock) *far {
	f := &far{}
	f.Link = New[string](c, func() {
		if m, ok := f.Take(); ok {
			f.got = append(f.got, m)
		}
	})
	return f
}

func (f *far) wants(t *testing.T, want string) {
	t.Helper()
	if diff := cmp.Diff(want, strings.Join(f.got, " ")); diff != "" {
		t.Errorf("arrived (-want +got):\n%s", diff)
	}
}

func TestMessagesArriveInTheOrderInWhichTheyWereSent(t *testing.T) {
	c := clock.NewVirtual(start)
	f := newFar(c)
	f.Send("setup", delay)
	c.Advance(delay / 2)
	f.Send("digits", delay)
	f.Send("release", delay)
	f.wants(t, "")
	c.Advance(delay / 2)
	f.wants(t, "setup")
	c.Advance(delay / 2)
	f.wants(t, "setup digits release")
}

// On the real clock each message has a goroutine, and all run at once: whichever comes
// first takes the first message.
func TestMessagesOfOneInstantKeepTheirOrderOnTheRealClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var got, want []int
		var l *Link[int]
		l = New[int](clock.Real(), func() {
			mu.Lock()
			defer mu.Unlock()
			if m, ok := l.Take(); ok {
				got = append(got, m)
			}
		})
		for i := range 100 {
			want = append(want, i)
			l.Send(i, delay)
		}
		time.Sleep(delay)
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("arrived (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsOnItsWayCanBeSeenAndLost(t *testing.T) {
	c := clock.NewVirtual(start)
	f := newFar(c)
	f.Send("setup", delay)
	f.Send("release", 2*delay)
	c.Advance(delay)
	way := f.OnTheWay()
	if len(way) != 1 || way[0].Message != "release" || !way[0].Due.Equal(start.Add(2*delay)) {
		t.Errorf("on its way is %+v", way)
	}
	f.Close()
	f.Send("update", delay)
	if _, waits := c.Next(); waits || len(f.OnTheWay()) != 0 {
		t.Error("a closed link carries something")
	}
	c.Advance(time.Minute)
	f.wants(t, "setup")
}
