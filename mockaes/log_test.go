package mockaes_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/wtiphone/wtiphone/mockaes"
)

// logbook takes a log.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func TestTheLogSaysWhyAClientWasRefused(t *testing.T) {
	tests := []struct {
		about, quirk string
		do           func(t *testing.T, srv *mockaes.Server)
		want         []string
	}{
		{
			"a wrong password", "", func(t *testing.T, srv *mockaes.Server) {
				dial(t, srv, basic("cti", "h1dden"))
			},
			[]string{"status=401", `reason="no such user, or another password"`},
		},
		{
			"no credentials", "", func(t *testing.T, srv *mockaes.Server) { dial(t, srv, "") },
			[]string{`reason="no credentials"`},
		},
		{
			"a token of no session", "", func(t *testing.T, srv *mockaes.Server) {
				dial(t, srv, "Bearer h1dden")
			},
			[]string{`reason="no session that lives has this token"`},
		},
		{
			"a release before 10.2", "release=10.1", func(t *testing.T, srv *mockaes.Server) {
				dial(t, srv, goodBasic)
			},
			[]string{`reason="this release takes no Basic credentials"`},
		},
		{
			"Basic where REST wants the token", "", func(t *testing.T, srv *mockaes.Server) {
				request, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
					srv.REST+"/GetDeviceId", strings.NewReader("{}"))
				if err != nil {
					t.Fatal(err)
				}
				request.Header.Set("Authorization", goodBasic)
				do(t, srv, request)
			},
			[]string{
				"path=/api/fe/v1/GetDeviceId", `reason="GetDeviceId is asked for with Bearer"`,
			},
		},
		{
			"a service that is not known", "", func(t *testing.T, srv *mockaes.Server) {
				login(t, srv).ask("Fly", "{}")
			},
			[]string{"service=Fly", "no service Fly"},
		},
		{
			"a message that is no JSON", "", func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				c.write("hello")
				c.closed()
			},
			[]string{`msg="connection ended"`, "code=1007", "not JSON"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			book := &logbook{}
			o := mockaes.Options{Silent: true, Log: slog.New(slog.NewTextHandler(book, nil))}
			if tt.quirk != "" {
				o.Quirks = []string{tt.quirk}
			}
			bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
				tt.do(t, srv)
				synctest.Wait()
				for _, want := range tt.want {
					if !strings.Contains(book.String(), want) {
						t.Errorf("the log lacks %s:\n%s", want, book)
					}
				}
			})
			if strings.Contains(book.String(), "h1dden") {
				t.Errorf("a secret is in the log:\n%s", book)
			}
		})
	}
}
