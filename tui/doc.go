// Package tui is the agent's screen in a terminal: the agent's state, the calls
// with what can be done about them, the audio's level and loss, and the last things
// that happened.
//
// Start with [New], run the model with Bubble Tea, and send it a [StateMsg] whenever
// the state of the phone changes:
//
//	program := tea.NewProgram(tui.New(tui.Options{Phone: phone, Audio: audio}))
//	go func() { program.Send(tui.StateMsg(state)) }()
//	_, err := program.Run()
//
// Ctrl+C ends the program with [tea.ErrInterrupted], q with no error.
//
// What is shown is what the switch has confirmed. A verb that waits for its answer
// is shown as such, next to the state and never instead of it. A key that makes no
// sense at the moment says why. Colour carries no meaning of its own, and everything
// fits into 80 columns and 24 lines. Whatever came from the network is shown without
// its control characters.
//
// The keys:
//
//	a enter  answer                c      consult: hold, and call somebody about it
//	h        hang up               t      transfer to whom is consulted
//	o        hold, retrieve        T      transfer without asking
//	d        dial                  f      make a conference of the two calls
//	0-9*#    digits, or dial       s      swap the two calls
//	up down  choose a call         x esc  give the consultation up
//	r        ready                 m      mute, unmute
//	u        aux, with a reason    ?      all keys, and why some do nothing now
//	w        after-call work       e      all events, as a whole
//	l        log in, log out       q      quit, after a question if there are calls
//	g        register again        ctrl+c quit at once
//
// A verb for one call is for the one that it makes most sense with, unless a call has
// been chosen; esc takes the choice back.
//
// In plain mode ([Options].Plain) there is no screen: every change is printed as a line
// and stays where it is, without any escape sequence, for screen readers and terminals
// that can do nothing else; i tells how things are. It needs a program without a renderer
// ([tea.WithoutRenderer]) on a terminal in raw mode.
//
// The package does no I/O but through the terminal and the [Phone]; it knows neither
// session nor audio stream, makes no sound but the terminal's bell, and keeps nothing
// when it ends.
package tui
