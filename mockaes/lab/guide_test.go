package lab_test

import (
	"os"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes/lab"
)

// TestTheExampleOfTheGuideIsALab checks the lab file that docs/lab.md shows.
func TestTheExampleOfTheGuideIsALab(t *testing.T) {
	guide, err := os.ReadFile("../../docs/lab.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(guide), "```yaml\n")
	example, _, ended := strings.Cut(rest, "```\n")
	if !found || !ended {
		t.Fatal("docs/lab.md has no example")
	}
	o, err := lab.Parse([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Lab.Vectors) != 2 || o.Traffic == nil || len(o.Users) != 2 {
		t.Errorf("the example lost a part: %+v", o)
	}
}
