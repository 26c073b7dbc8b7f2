package pbx

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// TestWhatIsDueAtOneInstantIsInOrder has callers give up at one instant: they do so in the
// order in which they called, on the real clock as on a virtual one.
func TestWhatIsDueAtOneInstantIsInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(DefaultLab(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var want, got []string
		_, err = s.Monitor(csta.MonitorStart{
			Object: csta.MonitorObject{Device: "8001"}, Type: csta.CallMonitor,
		}, "1", func(ev csta.Event) {
			if ev, over := ev.(csta.CallCleared); over {
				got = append(got, string(ev.Call.Call))
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			_, err := s.IncomingCall(IncomingCall{
				From: fmt.Sprintf("+155501001%02d", i), To: "8001", Patience: time.Minute,
			})
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, fmt.Sprint(i+1))
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the calls ended in another order:\n%s", diff)
		}
	})
}
