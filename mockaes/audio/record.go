package audio

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// tape is a recording that goes on; nil is none.
type tape struct{ cancel context.CancelFunc }

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
	l.tape = &tape{cancel}
	g.work.Go(func() { g.run(ctx, l, out) })
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

// run writes a frame every 20 ms, and those that it owes when it is late.
func (g *Gateway) run(ctx context.Context, l *leg, out *rtpmedia.WAVWriter) {
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
			err = errors.Join(err, out.WriteFrame(frame[:]))
		}
	}
	g.opts.Log.Warn("recording ended", slog.Any("error", errors.Join(err, out.Close())))
}
