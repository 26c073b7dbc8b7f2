package wti_test

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/wti"
)

func TestOverRESTEventsComeInOrderAndFaultsAreNamed(t *testing.T) {
	story := func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		s, m := watchedOverREST(t, srv, o)
		ring(t, srv)
		delivered, ok := nextEvent(t, m).Event.(csta.Delivered)
		if !ok {
			t.Fatalf("got %+v", delivered)
		}
		_, err := wti.Do(t.Context(), s, csta.AnswerCall{Target: delivered.Connection})
		if err != nil {
			t.Fatal(err)
		}
		if ev, ok := nextEvent(t, m).Event.(csta.Established); !ok {
			t.Errorf("got %+v", ev)
		}
		_, err = wti.Do(t.Context(), s, csta.AnswerCall{Target: delivered.Connection})
		if _, ok := errors.AsType[*csta.Fault](err); !ok {
			t.Errorf("got %v", err)
		}
		if st := s.Status(); st.Epoch != 1 || !strings.HasPrefix(st.Address, "http://") {
			t.Errorf("got %+v", st)
		}
	}
	for _, quirk := range []string{
		"rest-body=bare", "rest-body=envelope", "rest-fault=ok", "rest-fault=text",
		"payload=string-all", "monitor=MonitorStart", "order=events-first", "fault=text",
	} {
		t.Run(quirk, func(t *testing.T) { overREST(t, story, quirk) })
	}
}

func TestOverRESTALostAnswerHealsTheSession(t *testing.T) {
	overREST(t, func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		s, m := watchedOverREST(t, srv, o)
		srv.CutSilently() // the next request goes over a line that has fallen silent
		synctest.Wait()
		_, err := wti.Do(t.Context(), s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1002"})
		if err == nil {
			t.Error("a request over a silent line was answered")
		}
		ring(t, srv)
		if ev, ok := nextEvent(t, m).Event.(csta.Delivered); !ok {
			t.Errorf("got %+v, want the event: nothing was lost", ev)
		}
		srv.Cut()
		synctest.Wait()
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if !ok || !gap.Resumed || len(gap.Snapshot.Calls()) != 1 {
			t.Errorf("got %+v, want a gap of a session that was resumed", gap)
		}
		if e := s.Status().Epoch; e != 2 {
			t.Errorf("epoch %d", e)
		}
	})
}

func TestOverRESTOneSilentConnectionIsEnoughToMistrustTheOthers(t *testing.T) {
	overREST(t, func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		s, _ := watchedOverREST(t, srv, o)
		ask := func() error {
			_, err := wti.Do(t.Context(), s, csta.GetDeviceID{
				SwitchName: "CM1", Extension: "1002", Controllable: true,
			})
			return err
		}
		var several sync.WaitGroup
		for range 8 { // which leaves more than one connection
			several.Go(func() {
				if err := ask(); err != nil {
					t.Error(err)
				}
			})
		}
		several.Wait()
		srv.CutSilently()
		if err := ask(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("over a silent connection: %v", err)
		}
		if err := ask(); err != nil {
			t.Errorf("the next request: %v", err)
		}
	})
}

func TestOverRESTAnAESThatForgotTheSessionGivesANewOne(t *testing.T) {
	overREST(t, func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		s, m := watchedOverREST(t, srv, o)
		srv.Restart(false)
		begin := time.Now()
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if !ok || gap.Resumed || !errors.Is(gap.Cause, wti.ErrTerminated) || gap.Missing != nil {
			t.Errorf("got %+v, want a gap of a new session", gap)
		}
		if waited := time.Since(begin); waited > time.Minute {
			t.Errorf("it was noticed after %v, want a third of the session's duration", waited)
		}
		ring(t, srv)
		if ev, ok := nextEvent(t, m).Event.(csta.Delivered); !ok {
			t.Errorf("got %+v, want events as before", ev)
		}
		if st := s.Status(); st.State != wti.Live {
			t.Errorf("got %+v", st)
		}
	})
}

func TestOverRESTTheEndOfASessionIsTold(t *testing.T) {
	overREST(t, func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		_, m := watchedOverREST(t, srv, o)
		begin := time.Now()
		srv.ExpireSessions()
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if !ok || gap.Resumed || time.Since(begin) > time.Second {
			t.Errorf("got %+v after %v", gap, time.Since(begin))
		}
	})
}

func TestOverRESTALostHostIsNoticedByProbes(t *testing.T) {
	overREST(t, func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		s, m := watchedOverREST(t, srv, o)
		time.Sleep(time.Second)
		srv.Close()
		time.Sleep(time.Minute)
		if st := s.Status(); st.State != wti.Healing || time.Since(st.Since) < 30*time.Second {
			t.Errorf("got %+v, want healing since the first probe that failed", st)
		}
		_ = s.Close()
		for _, err := range m.Events(t.Context()) {
			if !errors.Is(err, wti.ErrClosed) {
				t.Errorf("the monitor ended with %v", err)
			}
		}
	})
}

// TestOverRESTBothWaysAreEncrypted runs over TCP, with certificates on both sides.
func TestOverRESTBothWaysAreEncrypted(t *testing.T) {
	desk := httptest.NewTLSServer(nil) // for its certificate
	defer desk.Close()
	roots := x509.NewCertPool()
	roots.AddCert(desk.Certificate())
	srv, err := mockaes.Start(mockaes.Options{
		TLS: true, Silent: true, Targets: mockaes.Targets{RootCAs: roots},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	o := wti.Options{User: "cti", Password: "cti-secret", RootCAs: x509.NewCertPool()}
	o.REST.Cert = &desk.TLS.Certificates[0]
	if _, err := wti.Dial(t.Context(), srv.REST, o); !errors.Is(err, wti.ErrUnreachable) {
		t.Errorf("a CA that is not known: %v", err)
	}
	o.RootCAs.AppendCertsFromPEM(srv.CA)
	s, m := watchedOverREST(t, srv, o)
	ring(t, srv)
	if ev, ok := nextEvent(t, m).Event.(csta.Delivered); !ok {
		t.Errorf("got %+v", ev)
	}
	_ = s.Close()
}

// TestOverRESTAnEventOfAnEarlierSessionIsRefused posts to the path of a session that
// is no more.
func TestOverRESTAnEventOfAnEarlierSessionIsRefused(t *testing.T) {
	overREST(t, func(t *testing.T, srv *mockaes.Server, o wti.Options) {
		box := o.REST.Listener.(*aes)
		_, m := watchedOverREST(t, srv, o)
		targets := func() (all []string) {
			for _, e := range srv.Journal(0) {
				if _, rest, ok := strings.Cut(string(e.Frame), `"targetUrl":"`); ok {
					all = append(all, rest[:strings.IndexByte(rest, '"')])
				}
			}
			return all
		}
		srv.Restart(false)
		nextEvent(t, m) // the gap
		known := targets()
		if len(known) != 2 || known[0] == known[1] {
			t.Fatalf("targets %v: want one for each session", known)
		}
		transport := &http.Transport{DialContext: box.dial}
		defer transport.CloseIdleConnections()
		for i, want := range []int{http.StatusNotFound, http.StatusOK} {
			response, err := (&http.Client{Transport: transport}).Post(known[i], "application/json",
				strings.NewReader(`{"header":{"headerType":"event","event":"HeldEvent"},`+
					`"payload":{"monitorCrossRefID":"`+string(m.CrossRef())+`"}}`))
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != want {
				t.Errorf("path %d: HTTP %d, want %d", i+1, response.StatusCode, want)
			}
		}
		if ev, ok := nextEvent(t, m).Event.(csta.HeldEvent); !ok {
			t.Errorf("got %+v", ev)
		}
	})
}
