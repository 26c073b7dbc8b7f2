package analyze

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestFollow(t *testing.T) {
	said, other := babble(2*time.Second, 1), babble(2*time.Second, 2)
	quieter := slices.Clone(said)
	for i := range quieter {
		quieter[i] /= 2
	}
	for _, c := range []struct {
		name         string
		heard        []int16
		least, most  Share
		withoutSound bool
	}{
		{"a voice is itself", said, Share{1, 1}, Share{1, 1}, false},
		{"at half the loudness as well", quieter, Share{1, 0.9}, Share{1, 1}, false},
		{"one that begins late is", said[3:], Share{0.98, 0.98}, Share{1, 1}, false},
		{"another one is not", other, Share{}, Share{0.1, 0.1}, false},
		{
			"a hole is missing, and nothing is wrong", slices.Concat(said[:6400], said[9600:]),
			Share{1, 0.7},
			Share{1, 0.9},
			false,
		},
		{
			"the end before the beginning is half of it", slices.Concat(said[8000:], said[:8000]),
			Share{0.3, 0.3},
			Share{0.7, 0.7},
			false,
		},
		{"silence has no sound", silent(2 * time.Second), Share{}, Share{}, true},
	} {
		got, err := Follow(said, c.heard)
		if errors.Is(err, ErrNoSignal) != c.withoutSound {
			t.Errorf("%s: %v", c.name, err)
		}
		if got.Right < c.least.Right || got.Right > c.most.Right ||
			got.Covered < c.least.Covered || got.Covered > c.most.Covered {
			t.Errorf("%s: got %+v, want %+v to %+v", c.name, got, c.least, c.most)
		}
	}
	if _, err := Follow(said, nil); !errors.Is(err, ErrTooShort) {
		t.Errorf("nothing was followed: %v", err)
	}
	if _, err := Follow(said, silent(31*time.Second)); err == nil {
		t.Error("half a minute and more was followed")
	}
}
