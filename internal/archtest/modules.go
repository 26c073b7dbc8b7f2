package archtest

// module is a dependency: why it is here, and the import paths it covers.
type module struct {
	why   string
	paths []string // each with all that is below it
}

// modules names every dependency that a package may import directly.
var modules = map[string]module{
	"gjson": {
		"reads one member of a message without decoding the rest, numbers and text alike",
		[]string{"github.com/tidwall/gjson"},
	},
	"websocket": {
		"a WebSocket whose reads and writes end with their context; once nhooyr.io/websocket",
		[]string{"github.com/coder/websocket"},
	},
	"pion": {
		"RTP, RTCP and SRTP packets, proven against browsers and switches",
		[]string{"github.com/pion/rtp", "github.com/pion/rtcp", "github.com/pion/srtp/v3"},
	},
	"pulse": {
		"PulseAudio and PipeWire in pure Go, so that cgo stays off",
		[]string{"github.com/jfreymuth/pulse"},
	},
	"charm": {
		"the screen: model, update, view, and what a terminal can show",
		[]string{
			"charm.land/bubbletea/v2", "charm.land/bubbles/v2", "charm.land/lipgloss/v2",
			"github.com/charmbracelet/colorprofile", "github.com/charmbracelet/ultraviolet",
			"github.com/charmbracelet/x/ansi", "github.com/charmbracelet/x/term",
		},
	},
	"cobra": {
		"verbs, flags, completions",
		[]string{"github.com/spf13/cobra", "github.com/spf13/pflag"},
	},
	"mango": {
		"a manual page made from the verbs",
		[]string{"github.com/muesli/mango-cobra", "github.com/muesli/roff"},
	},
	"yaml":     {"strict configuration files and labs", []string{"github.com/goccy/go-yaml"}},
	"xdg":      {"where configuration and state live", []string{"github.com/adrg/xdg"}},
	"keyring":  {"passwords out of files", []string{"github.com/zalando/go-keyring"}},
	"starlark": {"scripts whose typos show before a call", []string{"go.starlark.net"}},
	"x/net":    {"the mark of packets by its class (ipv4, ipv6)", []string{"golang.org/x/net"}},
	"x/sys":    {"system calls that package syscall froze out", []string{"golang.org/x/sys"}},
	"x/term":   {"passwords typed without echo", []string{"golang.org/x/term"}},

	"golden": {
		"screens compared with recorded ones, in tests",
		[]string{
			"github.com/charmbracelet/x/exp/golden", "github.com/charmbracelet/x/exp/teatest/v2",
		},
	},
	"cmp":    {"differences that can be read, in tests", []string{"github.com/google/go-cmp"}},
	"goleak": {"proof that Close waited, in tests", []string{"go.uber.org/goleak"}},
	"rapid":  {"properties and their smallest counterexample", []string{"pgregory.net/rapid"}},
	"testscript": {
		"the program run as a user runs it, in tests",
		[]string{
			"github.com/rogpeppe/go-internal/testscript", "github.com/rogpeppe/go-internal/txtar",
		},
	},
}

// anyTest names the modules that every package's tests may import. gjson is there because
// a test reads what was sent with other eyes than ours.
var anyTest = []string{"cmp", "gjson", "goleak", "rapid", "testscript"}
