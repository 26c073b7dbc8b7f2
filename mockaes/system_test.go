package mockaes_test

import (
	"fmt"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
)

// TestAClientMayAnswerSystemStatus as clients of DMCC do, to which it is a request. Any
// other answer is none that the server has asked for.
func TestAClientMayAnswerSystemStatus(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.must("SystemRegister", `{"requestTypes":{"systemStatus":true}}`, nil)
		srv.SetLink(false)
		c.event("SystemStatus")
		for _, name := range []string{"SystemStatus", "SystemStatusResponse", "MakeCall"} {
			c.write(fmt.Sprintf(`{"header":{"invokeId":9999,"response":%q,`+
				`"headerType":"response","version":"v2"},"payload":{}}`, name))
		}
		frame := c.any()
		if fault, refused := csta.DecodeFault(frame.Payload); frame.Kind != wire.Response ||
			!refused || fault.Code != csta.UnknownMessage || frame.Name != "MakeCall" {
			t.Errorf("got %s %s", frame.Name, frame.Payload)
		}
	})
}
