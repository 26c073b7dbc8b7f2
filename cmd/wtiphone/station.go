package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// stationFlags choose the device that a verb works at, and how.
type stationFlags struct {
	connection
	audio                                              audioFlags
	stream                                             streamFlags
	station, codeFile, agent, agentFile, media, number string
	manualIn                                           bool

	tell func(text string) // of what went wrong meanwhile; nil is stderr
}

func (s *stationFlags) register(cmd *cobra.Command, mic, speaker string) {
	s.connection.register(cmd)
	s.audio.register(cmd, mic, speaker)
	s.stream.register(cmd)
	f := cmd.Flags()
	f.StringVar(&s.station, "station", "", "extension of the station to work at")
	f.StringVar(&s.codeFile, "station-code-file", "",
		"file with the station's security code (else WTIPHONE_STATION_CODE, a prompt)")
	f.StringVar(&s.media, "media", "client",
		"where the audio goes: client (here), none (the desk phone), telecommuter")
	f.StringVar(&s.number, "telecommuter-number", "", "the telephone for --media telecommuter")
	_ = cmd.MarkFlagRequired("station")
}

func (s *stationFlags) registerAgent(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.agent, "agent", "", "agent id to log in with")
	f.StringVar(&s.agentFile, "agent-password-file", "",
		"file with the agent's password (else WTIPHONE_AGENT_PASSWORD, a prompt)")
	f.BoolVar(&s.manualIn, "manual-in", false, "after-call work follows each call by itself")
}

var mediaModes = map[string]csta.MediaMode{
	"client": csta.MediaClient, "none": "", "telecommuter": csta.MediaTelecommuter,
}

// desk is a station under control, and everything that has to be closed with it.
type desk struct {
	session *wti.Session
	phone   *phone.Phone
	devices *devices
	box     *mailbox
}

// open opens devices, session and station, in this order. notify may be nil. The
// phone's source is left to the caller where the call decides when to speak.
func (s *stationFlags) open(ctx context.Context, o phone.Options) (d *desk, err error) {
	mode, ok := mediaModes[strings.ToLower(s.media)]
	if !ok {
		return nil, usagef("--media %q: want client, none or telecommuter", s.media)
	}
	if err := s.stream.check(); err != nil {
		return nil, err
	}
	t, err := s.connection.resolve()
	if err != nil {
		return nil, err
	}
	if err := s.fill(&o, t, mode); err != nil {
		return nil, err
	}
	d = &desk{}
	defer func() {
		if err != nil {
			_ = d.Close()
			d = nil
		}
	}()
	if d.devices, err = s.audio.open(); err != nil {
		return d, err
	}
	kept, err := s.stream.open(&o)
	d.devices.add(kept...)
	if err != nil {
		return d, err
	}
	if s.tell == nil {
		s.tell = talk
	}
	if d.session, d.box, err = t.dial(ctx, s.tell); err != nil {
		return d, err
	}
	if err := s.audio.locate(&o, t.AES, mode); err != nil {
		return d, err
	}
	o.Sink = d.devices.sink
	d.phone, err = phone.Open(ctx, d.session, o)
	return d, err
}

// fill completes the phone's options from the flags and the target.
func (s *stationFlags) fill(o *phone.Options, t *target, mode csta.MediaMode) (err error) {
	o.Switch, o.Station, o.Media, o.Log = t.Switch, s.station, mode, t.log
	o.Telecommuter, o.AgentID, o.ManualIn = s.number, s.agent, s.manualIn
	if o.Switch == "" {
		return usagef("no switch: give --switch, the name of the switch connection at AES")
	}
	if mode != "" {
		if o.SecurityCode, err = t.code(s.codeFile); err != nil {
			return err
		}
	}
	if s.audio.address != "" {
		if o.Address, err = netip.ParseAddr(s.audio.address); err != nil {
			return usagef("--rtp-address: %v", err)
		}
	}
	if s.agent != "" {
		o.Password, err = t.agentSecret(s.agentFile)
	}
	return err
}

// Close gives everything back: the station, the session, the devices. The error is
// that of a recording that could not be finished.
func (d *desk) Close() error {
	var err error
	if d.phone != nil {
		err = d.phone.Close()
	}
	if d.session != nil {
		err = errors.Join(err, d.session.Close())
	}
	err = errors.Join(err, d.box.Close())
	if d.devices != nil {
		err = errors.Join(err, d.devices.Close())
	}
	if err != nil {
		return fmt.Errorf("closing: %w", err)
	}
	return nil
}
