package pbx

import (
	"encoding/json"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// imageVersion is the version of what [Switch.Save] writes.
const imageVersion = 1

// image is a whole switch as JSON. Times are absolute; devices are extensions, and a
// party is the place of its connection in its call.
type image struct {
	Version  int            `json:"version"`
	Lab      Lab            `json:"lab"`
	Time     time.Time      `json:"time"`
	LastCall int            `json:"lastCall"`
	LastLeg  LegID          `json:"lastLeg"`
	LastTie  uint64         `json:"lastTie,omitempty"`
	Turn     uint64         `json:"turn"`
	Stations []stationImage `json:"stations,omitempty"`
	Agents   []agentImage   `json:"agents,omitempty"`
	Hunts    []huntImage    `json:"huntGroups,omitempty"`
	Out      []int          `json:"trunkGroupsOutOfService,omitempty"`
	Calls    []callImage    `json:"calls,omitempty"`
	Flights  []flightImage  `json:"messages,omitempty"` // on their way to other switches
}

type stationImage struct {
	Extension string `json:"extension"`
	SendAll   bool   `json:"sendAll,omitempty"`
	Forward   string `json:"forward,omitempty"`
	Message   bool   `json:"message,omitempty"`
}

type huntImage struct {
	Extension string `json:"extension"`
	Last      string `json:"last"`
}

type alarmImage struct {
	Job  job       `json:"job"`
	At   time.Time `json:"at"`
	Turn uint64    `json:"turn"`
}

type agentImage struct {
	ID       string        `json:"id"`
	Station  string        `json:"station"`
	Mode     csta.WorkMode `json:"mode"`
	Ready    csta.WorkMode `json:"ready,omitempty"`
	Reason   *int          `json:"reason,omitempty"`
	Busy     bool          `json:"busy,omitempty"`
	Pending  *pendingImage `json:"pending,omitempty"`
	IdleTurn uint64        `json:"idleTurn"`
	Last     string        `json:"last,omitempty"`
	ACW      *alarmImage   `json:"acw,omitempty"`
}

type pendingImage struct {
	State  csta.RequestedAgentState `json:"state"`
	Mode   csta.WorkMode            `json:"mode"`
	Reason *int                     `json:"reason,omitempty"`
}

type trunkImage struct {
	Group    int  `json:"group"`
	Member   int  `json:"member"`
	Incoming bool `json:"incoming,omitempty"`
}

type callImage struct {
	Call       csta.CallID     `json:"call"`
	UCID       string          `json:"ucid"`
	Turn       uint64          `json:"turn"`
	Calling    endImage        `json:"calling"`
	Called     endImage        `json:"called"`
	Redirected csta.DeviceID   `json:"redirected,omitempty"`
	UUI        string          `json:"uui,omitempty"`
	Trunk      *trunkImage     `json:"trunk,omitempty"`
	VDN        string          `json:"vdn,omitempty"`
	Skill      string          `json:"skill,omitempty"`
	Entered    string          `json:"entered,omitempty"`
	EnteredAt  string          `json:"enteredAt,omitempty"`
	Memory     json.RawMessage `json:"memory,omitempty"` // a memoryImage, for csta.Decode
	Parties    []partyImage    `json:"parties"`
	Run        *runImage       `json:"run,omitempty"`
	Steps      int             `json:"steps,omitempty"`
	Queued     []waitingImage  `json:"queued,omitempty"`
	Tone       Play            `json:"tone,omitzero"`
	Hops       int             `json:"hops,omitempty"`
	Predicts   string          `json:"predicts,omitempty"`
}

type memoryImage struct {
	Original  *csta.OriginalCallInfo   `json:"original,omitempty"`
	LookAhead *csta.LookAheadInfo      `json:"lookAhead,omitempty"`
	History   []csta.DeviceHistoryItem `json:"history,omitempty"`
}

type endImage struct {
	Device   csta.DeviceID `json:"device,omitempty"`
	Presence csta.Presence `json:"presence,omitempty"`
}

type partyImage struct {
	Extension  string               `json:"extension,omitempty"` // empty: outside
	Outside    *outsideImage        `json:"outside,omitempty"`
	State      csta.ConnectionState `json:"state"`
	Appearance int                  `json:"appearance"`
	Stepped    bool                 `json:"stepped,omitempty"`
	Silent     bool                 `json:"silent,omitempty"`
	Absent     bool                 `json:"absent,omitempty"`
	Skill      string               `json:"skill,omitempty"`
	Since      time.Time            `json:"since"`
	Cover      []string             `json:"cover,omitempty"`
	Dialled    string               `json:"dialled,omitempty"`
	Play       Play                 `json:"play,omitzero"`
	DeafTo     []int                `json:"deafTo,omitempty"` // places of parties
	Alarm      *alarmImage          `json:"alarm,omitempty"`
}

type outsideImage struct {
	Number    string            `json:"number"`
	ID        csta.DeviceID     `json:"id"`
	Behaviour Outside           `json:"behaviour"`
	Trunk     trunkImage        `json:"trunk"`
	First     csta.ConnectionID `json:"first"`
	Was       bool              `json:"was,omitempty"`
	Rings     bool              `json:"rings,omitempty"`
	Tie       *tieImage         `json:"tie,omitempty"`
	Leg       LegID             `json:"leg"`
	Alarm     *alarmImage       `json:"alarm,omitempty"`
	Talking   *alarmImage       `json:"talking,omitempty"`
}

type runImage struct {
	Party  int         `json:"party"` // the VDN's
	Vector int         `json:"vector"`
	Next   int         `json:"next"`
	Digits string      `json:"digits,omitempty"`
	Ahead  string      `json:"ahead,omitempty"`
	Want   int         `json:"want,omitempty"`
	Play   Play        `json:"play,omitzero"`
	Alarm  *alarmImage `json:"alarm,omitempty"`

	Attempt *attemptImage `json:"attempt,omitempty"`
}

type waitingImage struct {
	Party    int             `json:"party"` // the skill's
	Only     string          `json:"only,omitempty"`
	Priority vector.Priority `json:"priority"`
	Since    time.Time       `json:"since"`
	Turn     uint64          `json:"turn"`
}
