package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// mockFlags are those of the mock server.
type mockFlags struct {
	listen  string
	tls     bool
	caFile  string
	quirks  []string
	seed    uint64
	every   time.Duration // between customers
	audio   uint16        // port of all audio
	verbose bool
	lab     labFlags
}

func newMock() *cobra.Command {
	m := &mockFlags{}
	cmd := &cobra.Command{
		Use:   "mock",
		Short: "Serve a mock AES with a simulated switch and real audio",
		Long: "Serve a mock AES with a simulated switch and real audio.\n\n" +
			"When it is ready it prints one JSON line with its addresses on stdout, and " +
			"nothing else there.\nUser cti, password cti-secret, switch CM1, stations 1001 " +
			"to 1020 with code 123456,\nagents 4001 to 4010 with password 4321; --lab serves " +
			"others, and --show-lab prints\na lab file to begin with.",
		Example: "wtiphone mock\nwtiphone mock --listen 127.0.0.1:0 --quirk payload=string-all\n" +
			"wtiphone mock --show-lab > lab.yaml\nwtiphone mock --lab lab.yaml --traffic 30s",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return m.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&m.listen, "listen", mockAddress, "address to listen at; port 0 takes a free one")
	f.BoolVar(&m.tls, "tls", false, "serve wss, with a CA made for this run")
	f.StringVar(&m.caFile, "ca-file", "",
		"with --tls: write the CA there, for --ca of the other verbs (PEM)")
	f.StringSliceVar(&m.quirks, "quirk", nil,
		"deviations to show (repeat, or separate by commas); --list-quirks prints them")
	f.Uint64Var(&m.seed, "seed", 0, "seed of everything that chance decides")
	f.DurationVar(&m.every, "traffic", 0, "customers call in by themselves, so often on average")
	f.Uint16Var(&m.audio, "audio-port", 0,
		"even UDP port of all audio, and the next for reports; 0 is two ports a stream (Linux)")
	f.BoolVarP(&m.verbose, "verbose", "v", false, "log what happens to stderr")
	m.lab.add(cmd)
	return cmd
}

// readiness is the one line on stdout.
type readiness struct {
	Ready bool    `json:"ready"`
	WTI   string  `json:"wti"`
	REST  string  `json:"rest"`
	Admin string  `json:"admin"`
	CA    *string `json:"ca"` // PEM of the CA to trust; null without TLS
}

// run serves until it is interrupted, which is how a server ends well.
func (m *mockFlags) run(cmd *cobra.Command) error {
	m.lab.quirks = m.lab.quirks || slices.Contains(m.quirks, "help")
	if done, err := m.lab.tell(cmd.OutOrStdout()); done || err != nil {
		return err
	}
	o, err := m.options(cmd)
	if err != nil {
		return err
	}
	srv, err := mockaes.Start(o)
	if err != nil {
		return err
	}
	if err := m.saveCA(srv); err != nil {
		srv.Close()
		return err
	}
	if err := announce(cmd.OutOrStdout(), srv); err != nil {
		srv.Close()
		return err
	}
	<-cmd.Context().Done()
	srv.Close()
	return nil
}

// options are those of the lab with what the command line says in their place. Quirks
// are added: of one group the last counts.
func (m *mockFlags) options(cmd *cobra.Command) (mockaes.Options, error) {
	o, err := m.lab.options()
	if err != nil {
		return o, err
	}
	logs := connection{verbose: m.verbose}
	o.Listen, o.TLS, o.Log = m.listen, m.tls, logs.logger()
	o.AudioPort = m.audio
	o.Quirks = append(o.Quirks, m.quirks...)
	if cmd.Flags().Changed("seed") {
		o.Seed = m.seed
	}
	if m.every < 0 {
		return o, usagef("--traffic %v: want a time such as 30s", m.every)
	}
	if m.every > 0 {
		var t mockaes.Traffic
		if o.Traffic != nil {
			t = *o.Traffic
		}
		t.Every = m.every
		o.Traffic = &t
	}
	if err := customersCall(&o); err != nil {
		return o, err
	}
	return o, m.check(o)
}

// customersCall has customers call each VDN of the lab in turn, where neither the lab says
// whom they call nor it has the number that they call by default. Calls to a number that
// there is not are dropped, and nobody would know.
func customersCall(o *mockaes.Options) error {
	if o.Traffic == nil || len(o.Traffic.To) > 0 || o.Lab == nil {
		return nil
	}
	var to []string
	for _, v := range o.Lab.VDNs {
		to = append(to, v.Extension)
	}
	const usual = mockaes.DefaultCalled
	if slices.Contains(to, usual) ||
		slices.ContainsFunc(o.Lab.HuntGroups, func(g pbx.HuntGroup) bool {
			return g.Extension == usual
		}) ||
		slices.ContainsFunc(o.Lab.Stations, func(s pbx.Station) bool {
			return s.Extension == usual
		}) {
		return nil
	}
	if o.Traffic.To = to; len(to) == 0 {
		return usagef("customers have no VDN to call in this lab: give numbers in its traffic.to")
	}
	return nil
}

// check finds what is wrong with the flags before anything is served.
func (m *mockFlags) check(o mockaes.Options) error {
	if _, err := net.ResolveTCPAddr("tcp", m.listen); err != nil {
		return usagef("--listen %q: want an address such as 127.0.0.1:9450: %w", m.listen, err)
	}
	if m.audio%2 != 0 {
		return usagef("--audio-port %d: want an even one; reports go by the next", m.audio)
	}
	if m.caFile != "" && !m.tls {
		return usagef("--ca-file: there is no CA without --tls")
	}
	if m.caFile != "" {
		if err := spare(m.caFile, "certificate (PEM)", isPEM); err != nil {
			return usagef("--ca-file: %w", err)
		}
	}
	if _, err := dialect.New(m.quirks...); err != nil {
		return usagef("--quirk: %w; --list-quirks prints them all", err)
	}
	if m.every > 0 {
		if err := o.Check(); err != nil {
			return usagef("--traffic: %w; traffic in a lab file says whom customers call", err)
		}
	}
	return nil
}

// saveCA writes the CA before the mock says that it is ready, so that who reads that
// finds it.
func (m *mockFlags) saveCA(srv *mockaes.Server) error {
	if m.caFile == "" {
		return nil
	}
	if err := os.WriteFile(m.caFile, srv.CA, 0o644); err != nil {
		return fmt.Errorf("--ca-file: %w", err)
	}
	return nil
}

func announce(w io.Writer, srv *mockaes.Server) error {
	r := readiness{Ready: true, WTI: srv.WTI, REST: srv.REST, Admin: srv.Admin}
	if len(srv.CA) > 0 {
		r.CA = new(string(srv.CA))
	}
	return json.NewEncoder(w).Encode(r)
}
