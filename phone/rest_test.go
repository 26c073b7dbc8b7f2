package phone_test

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// mailboxes are the listeners of sessions over REST, in memory, by their host.
type mailboxes struct {
	mu     sync.Mutex
	byHost map[string]*mailbox
}

// mailbox is a listener whose connections are pipes.
type mailbox struct {
	host  string
	conns chan net.Conn
	gone  chan struct{}
	once  sync.Once
}

func (m *mailboxes) open() wti.REST {
	m.mu.Lock()
	defer m.mu.Unlock()
	host := fmt.Sprintf("desk%d.test:80", len(m.byHost)+1)
	b := &mailbox{host: host, conns: make(chan net.Conn), gone: make(chan struct{})}
	m.byHost[host] = b
	return wti.REST{Listener: b}
}

// Dial connects to the listener of that address.
func (m *mailboxes) dial(ctx context.Context, _, address string) (net.Conn, error) {
	m.mu.Lock()
	b := m.byHost[address]
	m.mu.Unlock()
	if b == nil {
		return nil, fmt.Errorf("nobody listens at %s", address)
	}
	client, server := net.Pipe()
	select {
	case b.conns <- server:
		return client, nil
	case <-b.gone:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (b *mailbox) Accept() (net.Conn, error) {
	select {
	case c := <-b.conns:
		return c, nil
	case <-b.gone:
		return nil, net.ErrClosed
	}
}

func (b *mailbox) Close() error {
	b.once.Do(func() { close(b.gone) })
	return nil
}

func (b *mailbox) Addr() net.Addr { return b }

func (b *mailbox) Network() string { return "pipe" }

func (b *mailbox) String() string { return b.host }

// inRESTLab is inLab for sessions over REST.
func inRESTLab(t *testing.T, f func(l *lab)) {
	t.Helper()
	boxes := &mailboxes{byHost: make(map[string]*mailbox)}
	o := mockaes.Options{Targets: mockaes.Targets{Dial: boxes.dial}}
	inLab(t, o, func(l *lab) {
		l.rest = boxes
		f(l)
	})
}

func TestTheWholeStoryOverREST(t *testing.T) {
	inRESTLab(t, func(l *lab) {
		p, done := l.station("1001", agentOptions())
		defer done()
		other, doneOther := l.station("1002", phone.Options{})
		defer doneOther()
		l.must(p.Login(l.ctx))
		l.must(p.Ready(l.ctx))
		l.await(p, "the agent is ready", agentIs(csta.AgentReadyState))
		l.customer("8001")
		s := l.await(p, "the queued call rings", alerting)
		call, _ := s.Board.Alerting()
		if call.VDN.Extension() != "8001" || call.Skill.Extension() != "5001" {
			t.Errorf("the call is %+v", call)
		}
		l.must(p.Answer(l.ctx, call.Own))
		l.await(p, "the agent is busy", agentIs(csta.AgentBusyState))
		l.must(p.Hold(l.ctx, call.Own))
		l.await(p, "the call is held", func(s phone.State) bool {
			_, ok := s.Board.Held()
			return ok
		})
		l.must(p.Retrieve(l.ctx, call.Own))
		l.await(p, "the call is retrieved", func(s phone.State) bool {
			_, ok := s.Board.Active()
			return ok
		})
		_, err := p.Consult(l.ctx, "1002")
		l.must(err)
		s = l.await(other, "the colleague rings", alerting)
		asked, _ := s.Board.Alerting()
		l.must(other.Answer(l.ctx, asked.Own))
		l.await(p, "a transfer is possible", transferable)
		l.must(p.Transfer(l.ctx))
		l.await(p, "the agent is out", idle)
		s = l.await(other, "the colleague has the customer", func(s phone.State) bool {
			c, ok := s.Board.Active()
			return ok && len(c.Parties) == 1 &&
				c.Parties[0].Device.Device.Extension() == "+15550100123"
		})
		l.must(other.HangUp(l.ctx, active(other).Own))
		l.await(other, "the colleague is idle", idle)
		l.must(p.Logout(l.ctx))
		l.await(p, "nobody is logged in", agentIs(csta.AgentNullState))
		compare(l, p)
	})
}

// TestACutAnywhereOverREST cuts one of the connections that requests go over.
func TestACutAnywhereOverREST(t *testing.T) {
	cutAnywhere(t, holdOverREST)
}

func TestASessionOverRESTOutlivesItsTimer(t *testing.T) {
	inRESTLab(t, func(l *lab) {
		p, done := l.station("1001", phone.Options{})
		defer done()
		time.Sleep(time.Hour)
		synctest.Wait()
		if st := p.State().Link; st.State != wti.Live || st.Epoch != 1 {
			t.Errorf("got %+v", st)
		}
	})
}
