package carrier

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

const (
	startService = "StartApplicationSession"
	resetService = "ResetApplicationSessionTimer"

	// patience bounds a POST. Whoever asked has given up long before; it is here so
	// that a server that never answers does not hold connections for ever.
	patience = 2 * time.Minute

	// idleLimit is below the 20 s after which Java servers drop idle connections by
	// default: a request that runs into that looks like a loss.
	idleLimit = 15 * time.Second

	// suspicion is how long a POST may be without an answer before the idle connections
	// are closed: they may have fallen silent as well, and the next request would run
	// into the next of them.
	suspicion = time.Second

	// maxIdle connections are kept for the next requests.
	maxIdle = 16
)

// rest carries each request in a POST of its own, the bare payload as its body, with
// Basic credentials to start a session and its token afterwards (WTI forum; bodies
// and names of the other services are inferred). Answers and posted events are made
// into frames.
type rest struct {
	base    string // the address, without a slash at its end
	config  Config
	client  *http.Client
	answers chan []byte // from the requests' goroutines; never closed

	ctx context.Context // ends with the connection; its cause says why
	die context.CancelCauseFunc
	wg  sync.WaitGroup // requests

	mu     sync.Mutex
	token  string
	bound  bool // to a session, so that events can be told from those of an earlier one
	closed bool // no more requests
}

var errAbandoned = errors.New("wti: connection was given up")

// openREST finds out whether there is a server at the address. Whether it wants us is
// not known before the session is started.
func openREST(ctx context.Context, address, token string, c Config) (Carrier, error) {
	client, transport := c.client()
	transport.IdleConnTimeout, transport.MaxIdleConnsPerHost = idleLimit, maxIdle
	r := &rest{
		base: address, config: c, client: client, token: token,
		answers: make(chan []byte, maxIdle),
	}
	r.ctx, r.die = context.WithCancelCause(context.Background())
	if err := r.probe(ctx); err != nil {
		r.Abandon()
		return nil, &Refusal{Err: err}
	}
	return r, nil
}

// Read returns answers and events as they come. Events that are left from another
// session are dropped, and none is read before it is known which session this is.
func (r *rest) Read() ([]byte, error) {
	for {
		var events <-chan posted
		if r.isBound() {
			events = r.config.Door.events
		}
		select {
		case frame := <-r.answers:
			return frame, nil
		case ev := <-events:
			if r.config.Door.admits(ev.secret) {
				return ev.frame, nil
			}
		case <-r.ctx.Done():
			return nil, context.Cause(r.ctx)
		}
	}
}

func (r *rest) isBound() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bound
}

// Write begins a request and does not wait for its answer.
func (r *rest) Write(_ context.Context, service string, frame []byte) error {
	f, err := wire.Parse(frame)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return errAbandoned
	}
	r.wg.Go(func() { r.carry(service, f) })
	return nil
}

// carry makes a POST of a request and a frame of its answer. Without an answer the
// connection is lost, since the request may have been carried out.
func (r *rest) carry(service string, f wire.Frame) {
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	status, body, err := r.exchange(ctx, service, f)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		r.die(err)
		return
	case service == startService && (status == http.StatusUnauthorized ||
		status == http.StatusForbidden):
		r.die(&Refusal{status, errors.New(statusLine(status))})
		return
	}
	frame, payload := answerOf(f, status, body)
	if payload != nil {
		r.learn(service, payload)
	}
	select {
	case r.answers <- frame:
	case <-ctx.Done():
	}
}

// exchange performs the POST.
func (r *rest) exchange(ctx context.Context, service string, f wire.Frame) (
	status int, body []byte, err error,
) {
	payload := f.Payload
	if len(payload) == 0 {
		payload = []byte("{}")
	}
	if eventful[service] {
		payload = withTarget(payload, r.config.Door.target())
	}
	address := r.base + "/" + url.PathEscape(f.Name)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(payload))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", r.authorization(service))
	defer time.AfterFunc(suspicion, r.client.CloseIdleConnections).Stop()
	response, err := r.client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("wti: POST %s: %w", f.Name, plain(err))
	}
	defer func() { _ = response.Body.Close() }()
	body, err = io.ReadAll(io.LimitReader(response.Body, FrameLimit+1))
	if err == nil && len(body) > FrameLimit {
		err = fmt.Errorf("answer of more than %d bytes", FrameLimit)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("wti: POST %s: %w", f.Name, err)
	}
	return response.StatusCode, body, nil
}

func (r *rest) authorization(service string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if service == startService || r.token == "" {
		return r.config.basic()
	}
	return "Bearer " + r.token
}

// learn takes from the answers of session services what later requests need. It
// happens before the answer is read, so that no monitor is started without it.
func (r *rest) learn(service string, payload []byte) {
	var token csta.Secret
	switch service {
	case startService:
		var started csta.SessionStarted
		if csta.Decode(payload, &started) != nil {
			return
		}
		r.config.Door.open(started.SessionID)
		token = started.Token
	case resetService:
		var reset csta.SessionTimerReset
		if csta.Decode(payload, &reset) != nil {
			return
		}
		token = reset.Token
	default:
		return
	}
	r.config.Door.keep(r)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bound = true
	if token != "" {
		r.token = string(token)
	}
}

// Ping asks for the headers of the services' path, without credentials. Any answer
// will do: it tells that the host and its web server are there, costs no service of
// AES, and needs none to be free. Whether the session lives is told by the resets of
// its timer; whether events could be delivered, AES alone knows.
func (r *rest) Ping(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return r.probe(ctx)
}

func (r *rest) probe(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(r.ctx, cancel)()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, r.base, nil)
	if err != nil {
		return err
	}
	response, err := r.client.Do(req)
	if err != nil {
		return plain(err)
	}
	return response.Body.Close()
}

// Ordered is false: answers and events come over connections of their own, in
// whatever order the network has for them.
func (r *rest) Ordered() bool { return false }

// Bye is Abandon: without a connection that lasts there is nobody to take leave of.
func (r *rest) Bye() { r.Abandon() }

func (r *rest) Abandon() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.die(errAbandoned)
	r.wg.Wait()
	r.client.CloseIdleConnections()
	r.config.Door.leave(r)
}
