package transport

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drain takes everything, and how it ends.
func drain(o *Outbox) (frames []string, end *Ending) {
	for {
		frame, end := o.Take()
		if frame == nil {
			return frames, end
		}
		frames = append(frames, string(frame))
	}
}

func TestOutbox(t *testing.T) {
	add := func(texts ...string) func(*Outbox) {
		return func(o *Outbox) {
			for _, text := range texts {
				o.Add([]byte(text))
			}
		}
	}
	answer := func(o *Outbox) { o.Answer([]byte("answer")) }
	tests := []struct {
		name  string
		steps []func(*Outbox)
		want  []string
		end   *Ending
	}{
		{"first in, first out", []func(*Outbox){add("a", "b")}, []string{"a", "b"}, nil},
		{
			"what happens during a request comes after its answer",
			[]func(*Outbox){add("before"), (*Outbox).Hold, add("during"), answer, add("after")},
			[]string{"before", "answer", "during", "after"},
			nil,
		},
		{
			"without holding, it comes before",
			[]func(*Outbox){add("during"), answer},
			[]string{"during", "answer"},
			nil,
		},
		{
			"an ending lets out what waits, and nothing else in",
			[]func(*Outbox){
				add("a"),
				func(o *Outbox) { o.Finish(NormalClosure, "done") },
				add("b"),
				func(o *Outbox) { o.Finish(GoingAway, "later") },
			},
			[]string{"a"},
			&Ending{NormalClosure, "done"},
		},
		{
			"a cut lets nothing out",
			[]func(*Outbox){add("a"), func(o *Outbox) { o.Finish(0, "cut") }},
			nil, &Ending{0, "cut"},
		},
		{
			"one frame too many",
			[]func(*Outbox){add("a", "b", "c", "d", "e")},
			nil, &Ending{PolicyViolation, "too slow: 4 frames (4 bytes) were waiting"},
		},
		{
			"one byte too many",
			[]func(*Outbox){add("a", strings.Repeat("x", 30))},
			nil, &Ending{PolicyViolation, "too slow: 1 frames (1 bytes) were waiting"},
		},
		{
			"held frames count",
			[]func(*Outbox){add("a"), (*Outbox).Hold, add("b", "c", "d"), answer},
			nil, &Ending{PolicyViolation, "too slow: 4 frames (4 bytes) were waiting"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := NewOutbox(4, 30)
			for _, step := range tt.steps {
				step(o)
			}
			got, end := drain(o)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(tt.end, end); diff != "" {
				t.Errorf("the end (-want +got)\n%s", diff)
			}
			if n := o.Waiting(); n != 0 {
				t.Errorf("%d frames wait", n)
			}
		})
	}
}
