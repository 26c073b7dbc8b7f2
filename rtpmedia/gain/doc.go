// Package gain keeps speech at one loudness, whatever microphone it comes from.
//
// Wrap a source with [Control]:
//
//	session.SetSource(gain.Control(microphone, gain.Options{}))
//
// It follows the level of speech slowly, never that of the silence between, so
// that noise is not pumped up, and it limits what would be clipped. It does not
// remove noise or echo.
package gain
