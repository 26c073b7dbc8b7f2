package main

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/wtiphone/wtiphone/wti"
)

func TestWhyAConnectionWasLostIsToldInAnAgentsWords(t *testing.T) {
	for _, row := range []struct {
		sentence string
		err      error
		want     string
	}{
		{
			"the far end closed it", fmt.Errorf("%w: frame: %w", wti.ErrConnectionLost, io.EOF),
			"it was closed",
		},
		{
			"no answer came", fmt.Errorf("%w: %w", wti.ErrConnectionLost, errors.New("no pong")),
			"no pong",
		},
		{"another reason stays", wti.ErrTerminated, wti.ErrTerminated.Error()},
	} {
		if got := broken(row.err); got != row.want {
			t.Errorf("%s: got %q, want %q", row.sentence, got, row.want)
		}
	}
}
