package pbx

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

func TestNumbersAreConvertedByTheDialPlan(t *testing.T) {
	america := dialplan.Plan{}
	vienna := dialplan.Plan{Access: "0", Country: "43", National: "0", International: "00"}
	rows := []struct {
		name   string
		plan   dialplan.Plan
		dialed string
		want   csta.E164Result
	}{
		{"a national number gets the country code", america, "915550100123", csta.E164Result{
			Outcome: csta.E164Converted, E164: "+15550100123", DialString: "915550100123",
		}},
		{"an international number has its own", america, "9011431234567", csta.E164Result{
			Outcome: csta.E164Converted, E164: "+431234567", DialString: "9011431234567",
		}},
		{"another country dials in another way", vienna, "001234567", csta.E164Result{
			Outcome: csta.E164Converted, E164: "+431234567", DialString: "001234567",
		}},
		{"an extension has no worldwide number", america, "1001", csta.E164Result{
			Outcome: csta.E164NoMatch, DialString: "1001",
		}},
		{"what is no number is told", america, "9-1555", csta.E164Result{
			Outcome: csta.E164Invalid, DialString: "9-1555",
		}},
	}
	for _, row := range rows {
		lab := DefaultLab()
		lab.DialPlan = row.plan
		st := newStage(t, lab)
		got, err := st.s.ConvertDialStringToE164(csta.ConvertDialStringToE164{
			DialStrings: []string{row.dialed},
		})
		st.ok(err)
		if diff := cmp.Diff([]csta.E164Result{row.want}, got.Results); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
		if row.want.Outcome != csta.E164Converted {
			continue
		}
		back, err := st.s.ConvertE164ToDialString(csta.ConvertE164ToDialString{
			Numbers: []string{row.want.E164},
		})
		st.ok(err)
		if diff := cmp.Diff([]csta.E164Result{row.want}, back.Results); diff != "" {
			t.Errorf("%s, and back (-want +got):\n%s", row.name, diff)
		}
	}
}
