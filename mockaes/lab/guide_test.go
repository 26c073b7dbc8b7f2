package lab_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/lab"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// examples are the lab files that docs/lab.md shows.
func examples(t *testing.T) (list []string) {
	t.Helper()
	guide, err := os.ReadFile("../../docs/lab.md")
	if err != nil {
		t.Fatal(err)
	}
	for rest := string(guide); ; {
		_, begun, found := strings.Cut(rest, "```yaml\n")
		example, after, ended := strings.Cut(begun, "```\n")
		if !found {
			break
		}
		if !ended {
			t.Fatal("docs/lab.md has an example without an end")
		}
		list, rest = append(list, example), after
	}
	if len(list) != 3 {
		t.Fatalf("docs/lab.md has %d examples, want 3", len(list))
	}
	return list
}

// TestTheExampleOfTheGuideIsALab checks the lab file that docs/lab.md shows.
func TestTheExampleOfTheGuideIsALab(t *testing.T) {
	example := examples(t)[0]
	o, err := lab.Parse([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Lab.Vectors) != 2 || o.Traffic == nil || len(o.Users) != 2 {
		t.Errorf("the example lost a part: %+v", o)
	}
}

// TestTheLicencesOfTheGuide reads the second example.
func TestTheLicencesOfTheGuide(t *testing.T) {
	o, err := lab.Parse([]byte(examples(t)[1]))
	if err != nil {
		t.Fatal(err)
	}
	if l := o.Licences; l.TSAPI == nil || *l.TSAPI != 25 || *l.DMCC != 10 ||
		l.Fetch != 50*time.Millisecond || l.Reserved != (mockaes.Reserved{TSAPI: 20, DMCC: 5}) {
		t.Errorf("%+v", l)
	}
}

// TestTheTwoSitesOfTheGuide plays the third example: a customer whom nobody can serve at
// either site keeps waiting at the first, which tries the other again and again.
func TestTheTwoSitesOfTheGuide(t *testing.T) {
	o, err := lab.Parse([]byte(examples(t)[2]))
	if err != nil {
		t.Fatal(err)
	}
	text, err := lab.Format(o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := lab.Parse(text)
	if diff := cmp.Diff(o, again); diff != "" || err != nil {
		t.Fatalf("%v: written and read again it is another lab:\n%s", err, diff)
	}
	clock := clock.NewVirtual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	o.Clock, o.InMemory, o.Silent = clock, true, true
	srv := mockaes.New(o)
	defer srv.Close()
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	_, err = srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: "8001"})
	if err != nil {
		t.Fatal(err)
	}
	north, tried := srv.Switch(), 0
	for range 60 * 1000 / 25 { // a minute, in steps shorter than a message takes
		clock.Advance(25 * time.Millisecond)
		tried += north.State().Trunks[1].Used
	}
	if waiting := north.State().Skills[0].Waiting; len(waiting) != 1 {
		t.Errorf("%v wait in the north, want the caller, since nobody is in the south", waiting)
	}
	if left := srv.SwitchNamed("SOUTH").State().Calls; tried == 0 || len(left) > 0 {
		t.Errorf("a line to the south was taken %d times, and there are %+v", tried, left)
	}
}
