package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

const (
	logged     = 200              // notes are kept, which no screen has lines for
	noticeTime = 12 * time.Second // how long an answer to a key stays
	ringTime   = 3 * time.Second  // from bell to bell
	meterTime  = 200 * time.Millisecond
)

// Options configures [New]. Phone is needed; the zero value of the rest is ready to
// use.
type Options struct {
	Phone Phone
	Audio Audio            // nil where the phone carries no audio
	Now   func() time.Time // nil is time.Now
	Title string           // the program's name; default wtiphone

	Bell    bool          // ring the terminal's bell
	Notify  bool          // ask the terminal for a desktop notification (OSC 9)
	Plain   bool          // lines for a screen reader, without a renderer: see the package
	NoAgent bool          // a station without an agent: nothing about agents is shown
	Timeout time.Duration // how long to wait for the switch; default 10 s
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Title == "" {
		o.Title = "wtiphone"
	}
	if o.Timeout <= 0 {
		o.Timeout = 10 * time.Second
	}
	return o
}

// Model is the screen. It is a [tea.Model].
type Model struct {
	o             Options
	width, height int
	styles        styles
	now           time.Time // of the last message

	state    State
	seen     bool        // a state has arrived
	levels   Levels      // as last read
	log      []NoteMsg   // the latest last
	notice   NoteMsg     // the answer to the last key, or the last failure
	selected csta.CallID // the call that was chosen by hand, "" for none
	page     page        // a list that takes the place of the calls
	scrolled int         // the first line of it that is shown
	prompt   prompt
	rang     time.Time // when the bell was last rung
	wantsAux bool      // aux was asked for here

	flights []flight // verbs that wait for an answer
	flown   int      // how many have been started
	digits  string   // typed while others are being sent

	printing bool     // plain mode: lines are on their way to the terminal
	unsaid   []string // plain mode: lines that follow them
	echoed   string   // plain mode: the question and the answer on the last line
}

// New is the screen of a phone.
func New(o Options) Model {
	o = o.withDefaults()
	m := Model{
		o: o, width: 80, height: 24, styles: newStyles(o.Plain), now: o.Now(),
	}
	if o.Plain {
		m.width = plainWidth
	}
	return m
}

// Init starts the clock.
func (m Model) Init() tea.Cmd { return m.wait() }

// can is what can be done now: with the chosen call, or with the one that it makes
// most sense with.
func (m Model) can() calls.Verbs {
	if m.selected != "" {
		return m.state.Board.CanWith(m.selected)
	}
	return m.state.Board.Can()
}

// metering reports whether the level meter is worth looking at.
func (m Model) metering() bool { return m.o.Audio != nil && m.levels.Active }
