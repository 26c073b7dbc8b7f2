package audio

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// tape is a recording that goes on; nil is none.
type tape struct {
	cancel context.CancelFunc
	file   string
	paused atomic.Bool
	dub    atomic.Pointer[player] // what is written for what is heard; nil: nothing
}

func (t *tape) stop() {
	if t != nil {
		t.cancel()
	}
}

// Length is how long it takes to say something; false if it cannot be said.
func (g *Gateway) Length(says string) (time.Duration, bool) {
	c, err := g.bank.find(says, false)
	return c.length(), err == nil
}

// Record writes what a leg hears into a WAVE file in the gateway's directory, until
// StopRecording or until the leg is gone. A file that is there is not written over.
func (g *Gateway) Record(id pbx.LegID, file string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.legs[id]
	switch {
	case l == nil || g.closed:
		return errors.New("audio: Record: there is no such party")
	case g.opts.Dir == "":
		return fmt.Errorf("audio: Record: %w", errNoDir)
	case !filepath.IsLocal(file):
		return errors.New("audio: Record: the file is outside of the directory for sound files")
	}
	path := filepath.Join(g.opts.Dir, file)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("audio: Record: %s: %w", file, os.ErrExist)
	}
	out, err := rtpmedia.CreateWAV(path)
	if err != nil {
		return fmt.Errorf("audio: Record: %w", err)
	}
	l.tape.stop()
	ctx, cancel := context.WithCancel(g.ctx)
	t := &tape{cancel: cancel, file: file}
	l.tape = t
	g.files[file] = t
	g.work.Go(func() { g.run(ctx, l, t, out) })
	return nil
}

// StopRecording ends what Record began.
func (g *Gateway) StopRecording(id pbx.LegID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if l := g.legs[id]; l != nil {
		l.tape.stop()
		l.tape = nil
	}
}

// PauseRecording leaves what a leg hears out of its recording.
func (g *Gateway) PauseRecording(id pbx.LegID, pause bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if l := g.legs[id]; l != nil && l.tape != nil {
		l.tape.paused.Store(pause)
	}
}

// Dub writes a sound into the recording of a leg for what it hears; "" ends that.
func (g *Gateway) Dub(id pbx.LegID, says string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.legs[id]
	if l == nil || l.tape == nil {
		return
	}
	l.tape.dub.Store(nil)
	if says != "" {
		l.tape.dub.Store(g.find(says, true).play(0))
	}
}

// DeleteRecording deletes a file that Record wrote. The file is complete only a moment
// after its recording was stopped; until then it is refused.
func (g *Gateway) DeleteRecording(file string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.opts.Dir == "" || !filepath.IsLocal(file) || g.files[file] != nil {
		return fmt.Errorf("audio: DeleteRecording: %.60q is not a finished recording", file)
	}
	if err := os.Remove(filepath.Join(g.opts.Dir, file)); err != nil {
		return fmt.Errorf("audio: DeleteRecording: %w", err)
	}
	return nil
}

// run writes a frame every 20 ms, and those that it owes when it is late.
func (g *Gateway) run(ctx context.Context, l *leg, t *tape, out *rtpmedia.WAVWriter) {
	defer g.finished(t)
	ticker := time.NewTicker(rtpmedia.FrameDuration)
	defer ticker.Stop()
	var frame [rtpmedia.FrameSamples]int16
	written, began := 0, time.Now()
	var err error
	for err == nil {
		select {
		case <-ctx.Done():
			if err = out.Close(); err != nil {
				g.opts.Log.Warn("recording was not saved", slog.Any("error", err))
			}
			return
		case <-ticker.C:
		}
		for due := int(time.Since(began) / rtpmedia.FrameDuration); written < due; written++ {
			_ = l.ReadFrame(frame[:]) // it has no way to fail
			if !t.paused.Load() {
				t.overdub(frame[:])
				err = errors.Join(err, out.WriteFrame(frame[:]))
			}
		}
	}
	g.opts.Log.Warn("recording ended", slog.Any("error", errors.Join(err, out.Close())))
}

// finished notes that the file of a tape is complete.
func (g *Gateway) finished(t *tape) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.files[t.file] == t {
		delete(g.files, t.file)
	}
}

// overdub puts the next samples of the sound that is to be recorded, if there is one,
// in the place of what was heard.
func (t *tape) overdub(pcm []int16) {
	dub := t.dub.Load()
	if dub == nil {
		return
	}
	var sum [rtpmedia.FrameSamples]int32
	dub.add(sum[:])
	for i := range pcm {
		pcm[i] = int16(sum[i])
	}
}
