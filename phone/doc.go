// Package phone is one device under control: the board of its calls, its agent's
// state, its registration and its audio, with the verbs of a softphone.
//
//	p, err := phone.Open(ctx, session, phone.Options{Switch: "CM1", Station: "1001", ...})
//	conn, err := p.Dial(ctx, "1002")
//	state, err := p.Await(ctx, func(s phone.State) bool { _, ok := s.Board.Active(); return ok })
//	defer p.Close()
//
// [Open] monitors the station, reads what is going on there, and registers for its
// audio if a media mode asks for it. From then on a [State] is published with every
// event: State is a value, [Phone.Await] waits for one that fits, and
// [Options.Notify] sees each. A verb returns when the switch has answered; what it
// brought about shows in the state.
//
// The package draws nothing and reads no configuration. It never guesses a state:
// what the switch has not said is not shown.
package phone
