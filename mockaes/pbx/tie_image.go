package pbx

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// tieImage is this switch's end of a call over a tie trunk.
type tieImage struct {
	Ref      string          `json:"ref"`
	Incoming bool            `json:"incoming,omitempty"`
	Stage    tieStage        `json:"stage,omitempty"`
	Far      LegID           `json:"far,omitempty"`
	Cause    csta.EventCause `json:"cause,omitempty"`
	Released bool            `json:"released,omitempty"`
	Probed   bool            `json:"probed,omitempty"`
	Told     tieInfo         `json:"told,omitzero"`
	Name     string          `json:"name,omitempty"`
	Shows    string          `json:"shows,omitempty"`
}

// attemptImage is what a vector has asked another switch.
type attemptImage struct {
	Number string     `json:"number"`
	Trunk  trunkImage `json:"trunk"`
	Tie    tieImage   `json:"tie"`
}

// flightImage is a message on its way.
type flightImage struct {
	Group   int             `json:"group"`
	Due     time.Time       `json:"due"`
	Message tieMessage      `json:"message"`
	Memory  json.RawMessage `json:"memory,omitempty"` // a memoryImage, for csta.Decode
}

// unsent is a message of an image that waits for its trunk group to be joined.
type unsent struct {
	group   *trunkGroup
	due     time.Time
	message tieMessage
}

func (e *tieEnd) image() tieImage {
	im := tieImage{
		Ref: e.ref, Incoming: e.incoming, Stage: e.stage, Far: e.far, Cause: e.cause,
		Released: e.released, Probed: e.probed, Told: e.told, Shows: e.shows,
	}
	if e.party != nil {
		im.Name = e.party.dev.name
	}
	return im
}

// flights are the messages that are on their way from this switch, for an image.
func (s *Switch) flights() ([]flightImage, error) {
	all := s.unsent
	for _, g := range s.trunks {
		if g.wire == nil {
			continue
		}
		for _, f := range g.wire.OnTheWay() {
			all = append(all, unsent{g, f.Due, f.Message})
		}
	}
	var list []flightImage
	for _, f := range all {
		memory, err := json.Marshal(memoryImage{
			Original: f.message.original, LookAhead: f.message.lookAhead,
		})
		if err != nil {
			return nil, fmt.Errorf("pbx: Save: trunk group %d: %w", f.group.lab.Number, err)
		}
		list = append(list, flightImage{
			Group: f.group.lab.Number, Due: f.due, Message: f.message, Memory: memory,
		})
	}
	return list, nil
}

// flights restores the messages that were on their way. They are sent by [Join].
func (r *restorer) flights(list []flightImage) error {
	for _, im := range list {
		g := r.s.group(im.Group)
		if g == nil || !g.tie() {
			return fmt.Errorf("no tie trunk group %d", im.Group)
		}
		var memory memoryImage
		if err := csta.Decode(im.Memory, &memory); err != nil {
			return err
		}
		m := im.Message
		m.original, m.lookAhead = memory.Original, memory.LookAhead
		r.s.unsent = append(r.s.unsent, unsent{g, im.Due.Add(r.shift), m})
	}
	return nil
}

// tie restores an end of a call on a line.
func (r *restorer) tie(im tieImage, line trunkMember) (*tieEnd, error) {
	if !line.group.tie() || r.s.ties[im.Ref] != nil {
		return nil, errors.New("an end of a tie trunk is where it cannot be")
	}
	e := &tieEnd{
		ref: im.Ref, trunk: line, incoming: im.Incoming, stage: im.Stage, far: im.Far,
		cause: im.Cause, released: im.Released, probed: im.Probed, told: im.Told, shows: im.Shows,
	}
	if !e.released {
		r.s.ties[e.ref] = e
	}
	return e, nil
}

// attempt restores what a vector has asked another switch.
func (r *restorer) attempt(run *vectorRun, im *attemptImage) error {
	if im == nil {
		return nil
	}
	line, err := r.line(im.Trunk)
	if err != nil {
		return err
	}
	e, err := r.tie(im.Tie, line)
	if err != nil {
		return err
	}
	e.run, e.number = run, im.Number
	run.attempt = e
	return nil
}
