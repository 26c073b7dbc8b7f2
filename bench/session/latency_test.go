package session

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/bench/feed"
	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// pulse is a server that sends an event each millisecond while it is asked to, and says
// when it did.
type pulse struct {
	want chan int       // how many to send
	sent chan time.Time // before each was written
}

func (p pulse) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	go func() {
		frame, _ := feed.Frame(feed.Payload(), false)
		for n := range p.want {
			ticker := time.NewTicker(time.Millisecond)
			for range n {
				<-ticker.C
				p.sent <- time.Now()
				if ws.Write(r.Context(), websocket.MessageText, frame) != nil {
					break
				}
			}
			ticker.Stop()
		}
	}()
	for {
		_, data, err := ws.Read(r.Context())
		if err != nil {
			return
		}
		reply, err := feed.Answer(feed.WTI, data)
		if err != nil || ws.Write(r.Context(), websocket.MessageText, reply) != nil {
			return
		}
	}
}

// BenchmarkLatency is the time from before a frame is written to when the consumer has its
// event, at 1,000 events a second. Server and client share the process and its processors.
func BenchmarkLatency(b *testing.B) {
	const events = 3_000
	p := pulse{make(chan int), make(chan time.Time, events)}
	server := httptest.NewServer(p)
	defer server.Close()
	defer close(p.want)
	session, err := wti.Dial(b.Context(), "ws"+strings.TrimPrefix(server.URL, "http"),
		wti.Options{User: "cti", Password: "x"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	monitor, err := session.Monitor(b.Context(), csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1001:CM1:0.0.0.0:0"},
	})
	if err != nil {
		b.Fatal(err)
	}
	var s measure.Series
	for b.Loop() {
		p.want <- events
		var took []float64
		for _, err := range monitor.Events(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			took = append(took, float64(time.Since(<-p.sent).Nanoseconds())/1e6)
			if len(took) == events {
				break
			}
		}
		s.Add("p50-ms", measure.Quantile(took, 0.5))
		s.Add("p99-ms", measure.Quantile(took, 0.99))
		s.Add("p999-ms", measure.Quantile(took, 0.999))
	}
	s.Report(b)
}
