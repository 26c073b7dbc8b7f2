package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/lab"
	"github.com/wtiphone/wtiphone/wti"
)

// stopMonitors has the server stop the monitors of a device, as AES does by this event.
func stopMonitors(t *testing.T, srv *mockaes.Server, device string) {
	t.Helper()
	body := strings.NewReader(`{"device":"` + device + `","event":"MonitorStop"}`)
	answer, err := http.Post(srv.URL+"/mock/events", "application/json", body)
	if err != nil {
		t.Fatal(err)
	}
	if _ = answer.Body.Close(); answer.StatusCode/100 != 2 {
		t.Fatalf("HTTP %s", answer.Status)
	}
}

func TestWatchGoesOnUntilTheLastMonitorIsStopped(t *testing.T) {
	srv := serving(t)
	o := begin(t, srv, newWatch, "1001", "1002", "1003")
	o.next("wtiphone: watching 1001, 1002 and 1003")
	for _, device := range []string{"1002", "1001"} {
		stopMonitors(t, srv, device)
		o.next("wtiphone: device " + device + " is not watched any more: ")
	}
	stopMonitors(t, srv, "1003")
	if line, more := <-o.lines; more {
		t.Errorf("it goes on: %s", line)
	}
	if err := <-o.over; !errors.Is(err, wti.ErrMonitorStopped) {
		t.Errorf("it ended with %v", err)
	}
}

func TestWatchTellsWhatIsRefusedAndWatchesTheOthers(t *testing.T) {
	srv := serving(t)
	o := begin(t, srv, newWatch, "9999", "1001", "--json")
	o.next("wtiphone: device 9999 is not watched: wti: MonitorStart: operation/invalidDeviceID; ")
	o.next("wtiphone: watching 1001")
	stopMonitors(t, srv, "1001")
	<-o.over
	var got []line
	for text := range strings.Lines(o.out.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		got = append(got, l)
	}
	if len(got) != 2 || got[0].Event != "Unwatched" || got[0].Device != "9999" ||
		got[0].Cause != "operation/invalidDeviceID" || got[0].Time.IsZero() ||
		got[1].Event != "MonitorStop" || got[1].Device != "1001" {
		t.Errorf("printed: %s", o.out)
	}
}

// A supervisor with three telephones to look at, and two licences.
func TestWatchTellsWhichLicenceIsMissing(t *testing.T) {
	o, err := lab.Parse([]byte("base: default\nlicences: {tsapi: 2}\n"))
	if err != nil {
		t.Fatal(err)
	}
	o.Silent = true
	srv, err := mockaes.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	w := begin(t, srv, newWatch, "1001", "1002", "1003")
	line := w.next("wtiphone: device 1003 is not watched: ")
	if !strings.Contains(line, "no TSAPI Basic User licence left") {
		t.Error(line)
	}
	w.next("wtiphone: watching 1001 and 1002")
}

func TestWatchOfNothingEndsAsARefusal(t *testing.T) {
	srv := serving(t)
	o := begin(t, srv, newWatch, "9998", "9999")
	o.next("wtiphone: device 9998 is not watched: ")
	if line, more := <-o.lines; more {
		t.Errorf("it says more: %s", line)
	}
	err := <-o.over
	code := exitCode(t.Context(), err)
	if code != exitFault || !strings.Contains(err.Error(), "9999") {
		t.Errorf("code %d of %v", code, err)
	}
}
