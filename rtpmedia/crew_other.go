//go:build !linux

package rtpmedia

import "github.com/wtiphone/wtiphone/rtpmedia/internal/pace"

// newCrew is for sockets that are polled, of which there are none here.
func newCrew(bool) pace.Crew { return idle{} }

type idle struct{}

func (idle) Gather([]pace.Task)  {}
func (idle) Release([]pace.Task) {}
func (idle) Close()              {}
