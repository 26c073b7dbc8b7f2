package csta_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAFaultSaysWhichLicenceIsMissing(t *testing.T) {
	tests := []struct {
		name  string
		fault csta.Fault
		want  string
	}{
		{"of TSAPI", csta.Fault{Code: csta.NoLicence(csta.TSAPILicence)}, csta.TSAPILicence},
		{"of DMCC", csta.Fault{Code: csta.NoLicence(csta.DMCCLicence)}, csta.DMCCLicence},
		{"of no name", csta.Fault{Code: "privateErrorCode/No licence"}, csta.TSAPILicence},
		{
			"in the words of an exception",
			csta.Fault{Code: csta.GenericOperation, Message: "DMCC License is not available"},
			csta.DMCCLicence,
		},
		{"a private code of another kind", csta.Fault{Code: "privateErrorCode/17"}, ""},
		{
			"a fault with a code of its own",
			csta.Fault{Code: csta.InvalidDeviceID, Message: "licensed to nobody"},
			"",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, missing := tt.fault.Licence(); got != tt.want || missing != (got != "") {
				t.Errorf("got %q, %v; want %q", got, missing, tt.want)
			}
		})
	}
}
