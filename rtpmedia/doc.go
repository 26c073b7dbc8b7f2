// Package rtpmedia carries audio over RTP: what a telephone does between its
// microphone and the network, and what a switch does with announcements.
//
// Start with [Open], which binds a pair of ports whose address can be told to
// the other side before anything is agreed. [Session.Start] begins a stream
// once the far address is known and may be called again when it changes;
// [Session.Stop] ends it and [Session.Close] gives the ports back. Audio comes
// from a [Source] and goes to a [Sink], in frames of 20 ms:
//
//	session, err := rtpmedia.Open(rtpmedia.Config{})
//	session.SetSource(rtpmedia.Tone(440, -10))
//	err = session.Start(rtpmedia.Remote{RTP: far, Codec: "g711U"})
//
// A frame tells its rate by its length: 160 samples are 8 kHz, 320 are 16 kHz, see
// [RateOf]. A session has the rate of its codec: 16 kHz in G.722, else 8. A source
// fills the frame that it is given and a sink takes the frame that comes, so nothing
// has to be agreed on, and both follow when the codec of a call changes. All sources
// and sinks of this package take both rates; for others there are [SourceAt] and
// [SinkAt].
//
// Files, tones, a [Mixer] and level meters are sources and sinks; [ParseSource]
// and [ParseSink] read the short forms that command lines use.
//
// An [Engine] paces many sessions from few threads, and a [Trunk] lends one pair of
// ports to many of them.
//
// The package knows nothing of signalling: where to send, and in what codec, is
// told to it. It does not code G.729 and G.723, and it does not decrypt
// Avaya's own "aes" mode.
package rtpmedia
