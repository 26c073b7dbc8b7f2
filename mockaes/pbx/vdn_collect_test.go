package pbx

import (
	"testing"
	"time"
)

// TestAQuestionForDigitsIsOverAfterItsLength: what is asked is heard for as long as the
// announcement takes, and then the caller has ten seconds of silence for a digit (CM:
// collected digits, interdigit timeout).
func TestAQuestionForDigitsIsOverAfterItsLength(t *testing.T) {
	lab := withVector("collect 4 digits after announcement 7002", "busy")
	for i := range lab.Announcements {
		lab.Announcements[i].Length = 2 * time.Second
	}
	st := newStage(t, lab)
	id := st.incoming(IncomingCall{From: "+15550100123", To: "8001"})
	for _, part := range []struct {
		after time.Duration
		want  string
	}{
		{1900 * time.Millisecond, "wav:menu"},
		{200 * time.Millisecond, "silence"},
		{9800 * time.Millisecond, "silence"},
		{200 * time.Millisecond, "busy"},
	} {
		st.pass(part.after)
		if got := st.media.hears(id.Call, "+15550100123"); got != part.want {
			t.Errorf("%v later %q is heard, want %q", part.after, got, part.want)
		}
	}
}
