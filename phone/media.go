package phone

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

// RegistrationError says that the switch did not register the station. It is an
// answer, not a fault: DMCC answers a refused registration as it does a good one.
type RegistrationError struct {
	Station string
	Code    int // anything but [csta.NormalRegister]
	Reason  string
}

// Error names the station and the switch's reason.
func (e *RegistrationError) Error() string {
	return fmt.Sprintf("phone: station %s was not registered: %s (code %d)",
		e.Station, e.Reason, e.Code)
}

// LocalAddress is the address that this host reaches another by, which is the one
// to be told where audio shall be sent. Nothing is sent to find it out.
func LocalAddress(host string) (netip.Addr, error) {
	conn, err := net.Dial("udp", net.JoinHostPort(host, "9"))
	if err != nil {
		return netip.Addr{}, fmt.Errorf("phone: address towards %s: %w", host, err)
	}
	defer func() { _ = conn.Close() }()
	return conn.LocalAddr().(*net.UDPAddr).AddrPort().Addr().Unmap(), nil
}

// openAudio binds the ports whose address goes into the registration.
func (p *Phone) openAudio() error {
	if p.o.Media != csta.MediaClient {
		return nil
	}
	if err := p.o.checkTerms(); err != nil {
		return err
	}
	audio, err := rtpmedia.Open(rtpmedia.Config{
		Address: p.o.Address, PortMin: p.o.PortMin, PortMax: p.o.PortMax, Log: p.log,
		Listen: p.o.Listen, JitterDelay: p.o.JitterDelay, Latch: p.o.Latch,
		Capture: p.o.Capture, Undecoded: p.o.Capture != nil,
	})
	if err != nil {
		return fmt.Errorf("phone: %w", err)
	}
	p.audio = audio
	audio.OnDigit(p.o.OnDigit)
	p.mic = &gate{}
	p.SetSource(p.o.Source)
	var source rtpmedia.Source = p.mic
	if p.o.Recorder != nil {
		p.o.Recorder.Expect(p.o.rate())
		source = p.o.Recorder.Near(source)
	}
	audio.SetSource(source)
	p.SetSink(p.o.Sink)
	return nil
}

// register takes the station's audio over, in the media mode that was asked for.
func (p *Phone) register(ctx context.Context) error {
	if p.o.Media == "" {
		return nil
	}
	p.own.ask()
	err := p.askToRegister(ctx)
	p.own.answer(err == nil)
	return err
}

func (p *Phone) askToRegister(ctx context.Context) error {
	req := csta.RegisterTerminal{Device: p.device, Login: csta.LoginInfo{
		ForceLogin: true, Password: p.o.SecurityCode, MediaMode: p.o.Media,
		DependencyMode: csta.Main, Telecommuter: p.o.Telecommuter,
	}}
	if p.audio != nil {
		req.Media = &csta.MediaInfo{
			RTP: ipAddress(p.audio.LocalRTP()), RTCP: ipAddress(p.audio.LocalRTCP()),
			Codecs: p.o.Codecs, PacketSize: int(rtpmedia.FrameDuration / time.Millisecond),
			Encryption: p.o.Encryption,
		}
	}
	reply, err := wti.Do(ctx, p.session, req)
	if err != nil {
		return fmt.Errorf("phone: station %s: %w", p.o.Station, err)
	}
	if reply.Code != csta.NormalRegister {
		return &RegistrationError{p.o.Station, reply.Code, reply.Reason}
	}
	p.board.change(wti.Event{At: time.Now()}, func(s *State) {
		if s.Media.Unregistered {
			s.Media.Trouble, s.Media.Unregistered = "", false
		}
		s.Media.Registered = true
	})
	return nil
}

// Register takes the station's audio over again after the switch has ended the
// registration ([Media].Unregistered), as [Open] did. The error is a
// [*RegistrationError] where the switch refuses.
func (p *Phone) Register(ctx context.Context) error {
	if p.o.Media == "" {
		return fmt.Errorf("phone: register: the station's telephone has its audio")
	}
	return p.register(ctx)
}

func (p *Phone) unregister(ctx context.Context) {
	if p.State().Media.Registered {
		_, _ = wti.Do(ctx, p.session, csta.UnregisterTerminal{Device: p.device})
	}
}

// applyMedia starts, moves and stops the audio as the switch says. It returns the
// audio's new state, and whether the event changed it.
func (p *Phone) applyMedia(event wti.Event) (m Media, changed bool) {
	fresh, had := p.own.isFresh(event.At), p.State().Media
	switch ev := event.Event.(type) {
	case csta.EndpointRegistered:
		p.own.begun()
		back := had
		back.Unregistered, back.Trouble = false, ""
		return back, fresh && had.Unregistered
	case csta.MediaStarted:
		if had.Unregistered && !fresh {
			return m, false // of whoever has the station now
		}
		p.own.begun()
		return p.startAudio(ev), true
	case csta.MediaStopped:
		if other := p.streams; !other.IsZero() && !ev.Connection.IsZero() &&
			ev.Connection.Call != other.Call {
			return m, false // the end of a stream that another has replaced already
		}
		p.silence()
		return Media{Registered: true}, true
	case csta.TerminalReregistered:
		return Media{Registered: true}, had.Unregistered && p.o.Media != ""
	case csta.TerminalUnregistered:
		if fresh || p.o.Media == "" {
			return m, false // of whoever had the station before, or has its audio
		}
		p.silence()
		why := "the switch ended the registration"
		if ev.Reason != "" {
			why += ": " + ev.Reason
		}
		return Media{Trouble: why, Unregistered: true}, true
	}
	return m, false
}

func (p *Phone) startAudio(ev csta.MediaStarted) Media {
	p.streams = ev.Connection
	m := Media{Registered: true, Active: true, Codec: ev.Codec}
	if p.audio == nil {
		return m
	}
	remote, err := p.remoteOf(ev)
	if err == nil {
		err = p.audio.Start(remote)
	}
	if err != nil {
		p.log.Warn("audio was not started", "codec", ev.Codec, "err", err)
		return Media{Registered: true, Trouble: err.Error()}
	}
	if remote.Encryption.Encrypted() {
		m.Encryption = remote.Encryption.Protocol
	}
	return m
}

func (p *Phone) silence() {
	if p.audio != nil {
		p.audio.Stop()
	}
}

// remoteOf is the far end of a stream that the switch has started.
func (p *Phone) remoteOf(ev csta.MediaStarted) (r rtpmedia.Remote, err error) {
	if r.Encryption, err = encryptionOf(ev.Encryption); err != nil {
		return r, err
	}
	r.Encryption.PlainRTCP = p.o.PlainRTCP
	if t := ev.Encryption.PayloadType; t > 0 && t < 128 {
		r.PayloadType = uint8(t)
	}
	if r.RTP, err = addrPort(ev.RTP); err != nil {
		return r, err
	}
	if ev.RTCP.Port != 0 {
		if r.RTCP, err = addrPort(ev.RTCP); err != nil {
			return r, err
		}
	}
	r.Codec = ev.Codec
	r.PacketTime = time.Duration(ev.PacketSize) * time.Millisecond
	return r, nil
}

func addrPort(a csta.IPAddress) (netip.AddrPort, error) {
	addr, err := netip.ParseAddr(a.Address)
	if err != nil || a.Port <= 0 || a.Port > 65535 {
		return netip.AddrPort{}, fmt.Errorf("phone: no address to send audio to: %.60q port %d",
			a.Address, a.Port)
	}
	return netip.AddrPortFrom(addr, uint16(a.Port)), nil
}

func ipAddress(a netip.AddrPort) csta.IPAddress {
	return csta.IPAddress{Address: a.Addr().String(), Port: int(a.Port())}
}

// Stats are the figures of the audio; false where the phone carries none.
func (p *Phone) Stats() (rtpmedia.Stats, bool) {
	if p.audio == nil {
		return rtpmedia.Stats{}, false
	}
	return p.audio.Stats(), true
}
