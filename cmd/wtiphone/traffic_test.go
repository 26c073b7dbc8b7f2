package main

import (
	"slices"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

func TestCustomersCallNumbersThatTheLabHas(t *testing.T) {
	orders := []pbx.VDN{{Extension: "8100"}, {Extension: "8101"}}
	for _, row := range []struct {
		sentence string
		lab      *pbx.Lab
		to, want []string
	}{
		{"in the default lab they call the usual number", nil, nil, nil},
		{
			"with another lab they call its VDNs", &pbx.Lab{VDNs: orders},
			nil,
			[]string{"8100", "8101"},
		},
		{
			"a VDN of the usual number is called alone",
			&pbx.Lab{VDNs: append(orders, pbx.VDN{Extension: "8001"})}, nil, nil,
		},
		{
			"so is a hunt group of that number",
			&pbx.Lab{VDNs: orders, HuntGroups: []pbx.HuntGroup{{Extension: "8001"}}}, nil, nil,
		},
		{
			"and a station", &pbx.Lab{VDNs: orders, Stations: []pbx.Station{{Extension: "8001"}}},
			nil, nil,
		},
		{"what the lab says stands", &pbx.Lab{VDNs: orders}, []string{"2001"}, []string{"2001"}},
	} {
		o := mockaes.Options{Lab: row.lab, Traffic: &mockaes.Traffic{To: row.to}}
		if err := customersCall(&o); err != nil || !slices.Equal(o.Traffic.To, row.want) {
			t.Errorf("%s: got %q (%v), want %q", row.sentence, o.Traffic.To, err, row.want)
		}
	}
}
