package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

func TestDigitsOfTheFarEndAreTold(t *testing.T) {
	down := func(r rune) rtpmedia.Digit { return rtpmedia.Digit{Digit: r} }
	up := func(r rune, d time.Duration) rtpmedia.Digit {
		return rtpmedia.Digit{Digit: r, Ended: true, Duration: d}
	}
	for _, tt := range []struct {
		name     string
		comes    []rtpmedia.Digit
		asJSON   bool
		lines    []string // regular expressions
		reported string
	}{
		{
			"a digit is told when its key is up, with its time and duration",
			[]rtpmedia.Digit{down('5'), up('5', 120*time.Millisecond)},
			true,
			[]string{`^{"time":"2000-01-01T00:00:00Z","event":"Digit","call":"7","digit":"5",` +
				`"durationMs":120}$`},
			"5",
		},
		{
			"digits are told in their order",
			[]rtpmedia.Digit{down('1'), up('1', time.Second), down('#'), up('#', 0)},
			false,
			[]string{`^00:00:00.000 call 7: digit 1 for 1000 ms$`, `: digit # for 0 ms$`},
			"1#",
		},
		{
			"a key that is down when the stream ends has no duration",
			[]rtpmedia.Digit{down('9')},
			true,
			[]string{`"digit":"9","durationMs":null}$`},
			"9",
		},
		{
			"so has one that another follows",
			[]rtpmedia.Digit{down('9'), down('8'), up('8', 0)},
			false,
			[]string{`digit 9$`, `digit 8 for 0 ms$`},
			"98",
		},
		{"the end of nothing is nothing", []rtpmedia.Digit{up('4', 0)}, false, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h, out := newHeardDigits(), new(bytes.Buffer)
				end := h.follow(out, tt.asJSON, "7")
				for _, d := range tt.comes {
					h.take(d)
					synctest.Wait()
				}
				all, missed := end()
				if all != tt.reported || missed != 0 {
					t.Errorf("reported: %q, %d missed", all, missed)
				}
				lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
				if len(tt.lines) == 0 && out.Len() == 0 {
					return
				}
				if len(lines) != len(tt.lines) {
					t.Fatalf("printed: %s", out)
				}
				for i, want := range tt.lines {
					if !regexp.MustCompile(want).MatchString(lines[i]) {
						t.Errorf("got %s, want %s", lines[i], want)
					}
				}
			})
		})
	}
}

// TestDigitsWithoutEndAreCounted where nobody reads what is printed meanwhile: whoever
// takes them does not wait, and does not keep them all.
func TestDigitsWithoutEndAreCounted(t *testing.T) {
	const flood = 10_000
	h := newHeardDigits()
	read, write := io.Pipe()
	end := h.follow(write, false, "7")
	for range flood {
		h.take(rtpmedia.Digit{Digit: '1'})
		h.take(rtpmedia.Digit{Digit: '1', Ended: true})
	}
	printed := make(chan int)
	go func() {
		all, _ := io.ReadAll(read)
		printed <- bytes.Count(all, []byte("\n"))
	}()
	all, missed := end()
	_ = write.Close()
	lines := <-printed
	if len(all)+missed != flood || lines != len(all) || len(all) < maxHeardWaiting ||
		len(all) > maxHeardReported {
		t.Error(fmt.Sprint(len(all), " reported, ", missed, " missed, ", lines, " printed"))
	}
}
