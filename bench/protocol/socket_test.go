package protocol

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/feed"
	"github.com/wtiphone/wtiphone/bench/measure"
)

func TestMain(m *testing.M) {
	feed.Main()
	os.Exit(m.Run())
}

// window is how many events are under way at most: less than what the subscriptions of
// any candidate hold.
const window = 10_000

// client is one candidate: connected to the feed, and counting events that arrived.
type client struct {
	name  string
	kind  string
	count <-chan int // how many more have arrived
}

// BenchmarkSocket lets every candidate take the same events from the same server, one
// candidate after the other in each round.
func BenchmarkSocket(b *testing.B) {
	f, err := feed.Start(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	clients := []client{
		bareClient(b, f), wtiClient(b, f), ethereumClient(b, f), jsonrpcClient(b, f),
	}
	var s measure.Series
	for b.Loop() {
		wall, busy := map[string]float64{}, map[string]float64{}
		for _, c := range clients {
			took, cpu, objects := c.take(b, f, 5)
			wall[c.name], busy[c.name] = 5*window/took.Seconds(), 5*window/cpu.Seconds()
			s.Add(c.name+"-events/s", wall[c.name])
			s.Add(c.name+"-events/cpu-s", busy[c.name])
			s.Add(c.name+"-allocs/event", objects/(5*window))
		}
		s.Add("wti-share-of-bare", wall["wti"]/wall["bare"])
		s.Add("wti-cpu-share-of-bare", busy["wti"]/busy["bare"])
		s.Add("x-ethereum", wall["wti"]/wall["ethereum"])
		s.Add("x-ethereum-cpu", busy["wti"]/busy["ethereum"])
		s.Add("x-jsonrpc2", wall["wti"]/wall["jsonrpc2"])
		s.Add("x-jsonrpc2-cpu", busy["wti"]/busy["jsonrpc2"])
	}
	s.Report(b)
}

// take lets the feed send some windows of events and waits for each to arrive.
func (c client) take(b *testing.B, f *feed.Feed, windows int,
) (took, cpu time.Duration, objects float64) {
	began, used, before := time.Now(), measure.CPU(), measure.Mallocs()
	for range windows {
		if err := f.Push(b.Context(), c.kind, window); err != nil {
			b.Fatal(err)
		}
		for arrived := 0; arrived < window; {
			select {
			case n, ok := <-c.count:
				if !ok {
					b.Fatalf("%s: the stream ended", c.name)
				}
				arrived += n
			case <-time.After(time.Minute):
				b.Fatalf("%s: %d of %d events arrived", c.name, arrived, window)
			}
		}
	}
	return time.Since(began), measure.CPU() - used, measure.Mallocs() - before
}

// counter is what a candidate calls for each event; it tells of a hundred at a time, so
// that counting costs little.
func counter(ctx context.Context) (tick func(), count <-chan int) {
	const each = 100
	told, n := make(chan int, window/each), 0
	return func() {
		if n++; n < each {
			return
		}
		n = 0
		select {
		case told <- each:
		case <-ctx.Done():
		}
	}, told
}
