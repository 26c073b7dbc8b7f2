package gateway

import (
	"fmt"
	"math"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

// leg is a registered station with audio of its own.
type leg struct {
	audio   *rtpmedia.Session
	monitor *wti.Monitor
	started chan struct{} // closed when the switch has told where it listens
	moved   atomic.Int32  // how often it told so
	loudest atomic.Int32  // of what was heard, in dBFS
	held    atomic.Int64  // packets that were kept from the network on purpose
}

// hum is what all of them say: a tone that is ready, since the streams are measured and
// not a source.
var hum = func() []int16 {
	pcm := make([]int16, rtpmedia.FrameSamples)
	for i := range pcm {
		pcm[i] = int16(4000 * math.Sin(2*math.Pi*450*float64(i)/rtpmedia.SampleRate))
	}
	return pcm
}()

// ReadFrame says the tone.
func (l *leg) ReadFrame(pcm []int16) error {
	copy(pcm, hum)
	return nil
}

// WriteFrame notes how loud what is heard gets.
func (l *leg) WriteFrame(pcm []int16) error {
	if level := int32(rtpmedia.Level(pcm)); level > l.loudest.Load() {
		l.loudest.Store(level)
	}
	return nil
}

// register opens the ports of a leg and takes the audio of a station to them.
func (l *leg) register(t testing.TB, s *wti.Session, i int, c rtpmedia.Config) {
	t.Helper()
	audio, err := rtpmedia.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	l.audio, l.started = audio, make(chan struct{})
	l.loudest.Store(rtpmedia.SilenceLevel)
	audio.SetSource(l)
	audio.SetSink(l)
	_, err = wti.Do(t.Context(), s, csta.GetDeviceID{SwitchName: "CM1", Extension: extension(i)})
	if err == nil {
		l.monitor, err = s.Monitor(t.Context(), csta.MonitorStart{
			Object: csta.MonitorObject{Device: device(i)},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	reply, err := wti.Do(t.Context(), s, csta.RegisterTerminal{
		Device: device(i),
		Login: csta.LoginInfo{
			Password: code, ForceLogin: true, MediaMode: csta.MediaClient,
			DependencyMode: csta.Main,
		},
		Media: &csta.MediaInfo{
			RTP: address(audio.LocalRTP()), RTCP: address(audio.LocalRTCP()),
			Codecs: []string{"g711U"}, PacketSize: 20,
		},
	})
	if err != nil || reply.Code != csta.NormalRegister {
		t.Fatalf("station %s: code %d, %v", extension(i), reply.Code, err)
	}
}

func address(a netip.AddrPort) csta.IPAddress {
	return csta.IPAddress{Address: a.Addr().String(), Port: int(a.Port())}
}

// follow lets the audio do what the switch says, until the monitor ends.
func (l *leg) follow(t testing.TB) {
	for ev, err := range l.monitor.Events(t.Context()) {
		if err != nil {
			return
		}
		switch ev := ev.Event.(type) {
		case csta.MediaStarted:
			if err := l.start(ev); err != nil {
				t.Error(err)
				return
			}
		case csta.MediaStopped:
			l.audio.Stop()
		}
	}
}

func (l *leg) start(ev csta.MediaStarted) error {
	to, err := netip.ParseAddr(ev.RTP.Address)
	if err != nil {
		return fmt.Errorf("where the switch listens: %w", err)
	}
	err = l.audio.Start(rtpmedia.Remote{
		RTP:   netip.AddrPortFrom(to, uint16(ev.RTP.Port)),
		RTCP:  netip.AddrPortFrom(to, uint16(ev.RTCP.Port)),
		Codec: ev.Codec, PacketTime: time.Duration(ev.PacketSize) * time.Millisecond,
	})
	if l.moved.Add(1) == 1 {
		close(l.started)
	}
	return err
}

// arrived is everything that came to a session, whatever it did with it.
func arrived(s rtpmedia.Stats) uint64 {
	return s.Received + s.Duplicate + s.Malformed + s.Refused + s.Foreign + s.Unwanted
}
