package rtpmedia

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"os"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/pcap"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/wav"
)

// Recorder writes both sides of a conversation to one file: what we say on the
// left, what they say on the right, in step. The file has the higher rate of the two
// sides' first frames, unless [Recorder.Expect] tells of a higher one. What has another
// rate is converted; both sides are 3 ms late then.
type Recorder struct {
	mu     sync.Mutex
	file   *os.File
	buffer *seekBuffer
	wav    *wav.Writer
	closed bool
	err    error

	begun  bool // the rate is settled
	tuned  [2]tuned
	sides  [2][]int16 // waiting for the other side
	stereo []int16
}

// apart is by how many frames one side may be ahead before the other is taken
// to be silent.
const apart = 10

// CreateRecording makes a file for a recording, or empties the one that is there.
// Only its owner can read a new one: what is said is private.
func CreateRecording(path string) (*Recorder, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: CreateRecording: %w", err)
	}
	r := &Recorder{file: file, buffer: &seekBuffer{bufio.NewWriter(file), file}}
	if r.wav, err = wav.NewWriter(r.buffer, SampleRate, 2); err != nil {
		_ = file.Close() // the first error is the one to tell
		return nil, fmt.Errorf("rtpmedia: CreateRecording: %w", err)
	}
	r.tune(SampleRate)
	return r, nil
}

// Expect says that frames of a rate, [SampleRate] or [WideRate], may come, as in a call
// that changes its codec. The file has that rate from its beginning, unless there is
// something in it already, and both sides are converted throughout, so that nothing is
// heard where the rate of what comes changes.
func (r *Recorder) Expect(rate int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.begun && rate > r.tuned[0].rate {
		r.tune(rate)
		r.convert()
	}
}

// Near is src with everything that is read from it recorded as ours.
func (r *Recorder) Near(src Source) Source { return &nearSide{r, src} }

// Far is sink with everything that is written to it recorded as theirs.
func (r *Recorder) Far(sink Sink) Sink { return &farSide{r, sink} }

type nearSide struct {
	recorder *Recorder
	source   Source
}

func (n *nearSide) ReadFrame(pcm []int16) error {
	if err := n.source.ReadFrame(pcm); err != nil {
		return err
	}
	n.recorder.add(0, pcm)
	return nil
}

type farSide struct {
	recorder *Recorder
	sink     Sink
}

func (f *farSide) WriteFrame(pcm []int16) error {
	f.recorder.add(1, pcm)
	return f.sink.WriteFrame(pcm)
}

// add keeps pcm until the other side has come as far.
func (r *Recorder) add(side int, pcm []int16) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.err != nil {
		return
	}
	rate := RateOf(pcm)
	if !r.begun && rate > r.tuned[0].rate {
		r.tune(rate)
	}
	if rate != r.tuned[side].rate {
		r.convert()
	}
	r.sides[side] = append(r.sides[side], r.tuned[side].frame(pcm)...)
	n := min(len(r.sides[0]), len(r.sides[1]))
	if behind := len(r.sides[side]) - apart*samplesAt(r.tuned[0].rate); behind > n {
		n = behind
	}
	r.err = r.write(n)
}

// tune chooses the rate of the file, in which nothing is yet.
func (r *Recorder) tune(rate int) {
	waiting := r.sides
	r.tuned, r.sides = [2]tuned{{rate: rate}, {rate: rate}}, [2][]int16{}
	if len(waiting[0])+len(waiting[1]) > 0 {
		r.convert()
	}
	for k, side := range waiting {
		for len(side) > 0 {
			n := min(FrameSamples, len(side))
			r.sides[k] = append(r.sides[k], r.tuned[k].frame(side[:n])...)
			side = side[n:]
		}
	}
}

// convert makes both sides late by what converting takes, also the one that has the rate
// of the file: they are to stay in step.
func (r *Recorder) convert() {
	for k := range r.tuned {
		r.tuned[k].convert()
	}
}

// write joins n samples of each side. One that has fewer is silent for the
// rest.
func (r *Recorder) write(n int) error {
	if n == 0 {
		return nil
	}
	if !r.begun {
		r.begun = true
		if err := r.wav.SetRate(r.tuned[0].rate); err != nil {
			return err
		}
	}
	r.stereo = r.stereo[:0]
	for i := range n {
		for _, side := range r.sides {
			v := int16(0)
			if i < len(side) {
				v = side[i]
			}
			r.stereo = append(r.stereo, v)
		}
	}
	for k, side := range r.sides {
		r.sides[k] = side[:copy(side, side[min(n, len(side)):])]
	}
	return r.wav.Write(r.stereo)
}

// Close completes the file. The error is the first that writing met. A second
// call does nothing.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.closed = true
	err := r.err
	if err == nil {
		err = r.write(max(len(r.sides[0]), len(r.sides[1])))
	}
	for _, step := range []func() error{r.wav.Finish, r.buffer.Flush, r.file.Close} {
		if e := step(); err == nil {
			err = e
		}
	}
	if err != nil {
		return fmt.Errorf("rtpmedia: Recorder: %w", err)
	}
	return nil
}

// Capture writes the datagrams of a session to a file that Wireshark and tshark
// open (pcap, link type 101: raw IP). Packets are those of the network: of an
// encrypted stream they are encrypted.
type Capture struct{ writer *pcap.Writer }

// NewCapture writes the header of a file to out. Buffering and closing out are
// the caller's.
func NewCapture(out io.Writer) (*Capture, error) {
	w, err := pcap.NewWriter(out)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: NewCapture: %w", err)
	}
	return &Capture{w}, nil
}

// Err is the first error that writing met. Nothing is written after it.
func (c *Capture) Err() error { return c.writer.Err() }

// wrap captures what passes the sockets that listen opens.
func (c *Capture) wrap(
	listen func(netip.AddrPort) (PacketConn, error),
) func(netip.AddrPort) (PacketConn, error) {
	return func(at netip.AddrPort) (PacketConn, error) {
		conn, err := listen(at)
		if err != nil {
			return nil, err
		}
		return &captured{conn, c, localPort(conn)}, nil
	}
}

// captured is a socket whose datagrams are written to a capture.
type captured struct {
	PacketConn
	capture *Capture
	local   netip.AddrPort
}

// ReadFromUDPAddrPort waits for a datagram and captures it.
func (c *captured) ReadFromUDPAddrPort(b []byte) (int, netip.AddrPort, error) {
	n, from, err := c.PacketConn.ReadFromUDPAddrPort(b)
	if err == nil {
		c.capture.writer.Datagram(time.Now(), unmap(from), c.local, b[:n])
	}
	return n, from, err
}

// WriteToUDPAddrPort sends b and captures it.
func (c *captured) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	n, err := c.PacketConn.WriteToUDPAddrPort(b, to)
	if err == nil {
		c.capture.writer.Datagram(time.Now(), c.local, to, b)
	}
	return n, err
}
