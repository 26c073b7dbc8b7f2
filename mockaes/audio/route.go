package audio

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Route connects the ears and mouths of a call's parties as the switch says, and of the
// parties of other switches that it reaches by tie trunks.
func (g *Gateway) Route(call csta.CallID, parties []pbx.Heard) {
	g.route(callKey{id: call}, parties)
}

func (g *Gateway) route(call callKey, parties []pbx.Heard) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	ids := make([]pbx.LegID, 0, len(parties))
	touched := g.reach(call, nil)
	for _, p := range parties {
		ids = append(ids, p.Leg)
		g.admit(call, p)
	}
	for _, id := range g.calls[call] {
		// A leg that another call has taken over is that call's business.
		if l := g.legs[id]; l != nil && l.call == call && !slices.Contains(ids, id) {
			g.dismiss(l)
		}
	}
	if g.calls[call] = ids; len(ids) == 0 {
		delete(g.calls, call)
	}
	for _, key := range g.reach(call, touched) {
		for _, id := range g.calls[key] {
			if l := g.legs[id]; l != nil && l.call == key && !l.tie {
				g.connect(l)
			}
		}
	}
}

// admit notes that a party is in a call. The caller holds mu.
func (g *Gateway) admit(call callKey, p pbx.Heard) {
	l := g.legs[p.Leg]
	if l == nil {
		if p.Kind == pbx.Terminal {
			return // one whose stream could not be opened, or has been closed
		}
		l = newLeg(p.Leg)
		g.legs[p.Leg] = l
	}
	l.call, l.wants, l.told = call, p.From, p.Play
	l.tie, l.far = p.Kind == pbx.TieLine, p.Far
	if l.session == nil && l.spec != p.Says {
		l.spec, l.since = p.Says, time.Time{}
		if p.Skip > 0 {
			l.since = g.opts.Clock.Now().Add(-p.Skip)
		}
		l.says = g.find(p.Says, strings.HasPrefix(p.Says, "wav:"))
		g.mute(l) // connect lets the listeners hear the new words
	}
}

// mute lets nobody hear a leg. The caller holds mu.
func (g *Gateway) mute(l *leg) {
	for _, other := range g.legs {
		if other.from[l.id] {
			g.part(other, l.id)
		}
	}
}

// dismiss lets a leg that has left its call hear nothing; an outside party is gone.
// The caller holds mu.
func (g *Gateway) dismiss(l *leg) {
	if l.session == nil {
		g.remove(l.id)
		return
	}
	g.silence(l)
	g.mute(l)
	l.call = callKey{}
}

// silence lets a leg hear nothing. The caller holds mu.
func (g *Gateway) silence(l *leg) {
	for from := range l.from {
		g.part(l, from)
	}
	for far := range l.plays {
		l.hearVoice(far, nil)
	}
	clear(l.plays)
	l.wants, l.told, l.play = nil, pbx.Play{}, pbx.Play{}
	l.hearPlay(nil, false)
}

// connect makes a leg hear what its switch says, and nothing else. What it hears already
// goes on without a gap. The caller holds mu.
func (g *Gateway) connect(l *leg) {
	now := g.hearing(l)
	for from := range l.from {
		if !slices.Contains(now.from, from) {
			g.part(l, from)
		}
	}
	for _, from := range now.from {
		if !l.from[from] {
			g.join(l, g.legs[from])
		}
	}
	for far := range l.plays {
		if l.plays[far] != now.plays[far] {
			delete(l.plays, far)
			l.hearVoice(far, nil)
		}
	}
	for far, play := range now.plays {
		if l.plays[far] != play {
			l.plays[far] = play
			l.hearVoice(far, g.playing(play))
		}
	}
	if l.play == now.play {
		return
	}
	l.play = now.play
	if l.play.Sound == pbx.Echo {
		l.hearPlay(nil, true)
		return
	}
	l.hearPlay(g.playing(l.play), false)
}

// playing is a sound that may have begun a while ago. The caller holds mu.
func (g *Gateway) playing(p pbx.Play) *player {
	return g.find(string(p.Sound), false).play(g.opts.Clock.Now().Sub(p.Started))
}

// join lets a leg hear another one. The caller holds mu.
func (g *Gateway) join(l, talker *leg) {
	l.from[talker.id] = true
	if talker.session != nil {
		talker.speakTo(l)
		return
	}
	now := g.opts.Clock.Now()
	if talker.since.IsZero() {
		talker.since = now
	}
	l.hearVoice(talker.id, talker.says.play(now.Sub(talker.since)))
}

// part ends join. The caller holds mu.
func (g *Gateway) part(l *leg, from pbx.LegID) {
	delete(l.from, from)
	l.hearVoice(from, nil)
	if talker := g.legs[from]; talker != nil && talker.session != nil {
		talker.speakNoMoreTo(l)
	}
}

// find is the sound of that name, silence if there is none. The caller holds mu.
func (g *Gateway) find(spec string, again bool) clip {
	c, err := g.bank.find(spec, again)
	if err != nil {
		g.opts.Log.Warn("sound was not found", slog.Any("error", err))
	}
	return c
}

// Digits sends digits to terminals as RFC 4733 events.
func (g *Gateway) Digits(to []pbx.LegID, digits string, _, _ time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	for _, id := range to {
		l := g.legs[id]
		if l == nil || l.session == nil {
			continue
		}
		g.work.Go(func() {
			err := l.session.SendDigits(g.ctx, digits)
			if err != nil && !errors.Is(err, context.Canceled) {
				g.opts.Log.Info("digits were not sent", slog.Any("error", err))
			}
		})
	}
}

// CheckSound says what is wrong with what a party from outside shall say.
func (g *Gateway) CheckSound(says string) error {
	_, err := g.bank.find(says, false)
	return err
}
