package main

import (
	"cmp"
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// connection is the flags that reach an AES, the same for every verb.
type connection struct {
	aes, user, passwordFile, switchName, ca, profile string
	verbose                                          bool
	rest                                             restFlags
}

func (c *connection) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.aes, "aes", os.Getenv("WTIPHONE_AES"),
		"address of AES: wss://aes.example.com, or https://aes.example.com for REST (WTIPHONE_AES)")
	f.StringVar(&c.user, "user", os.Getenv("WTIPHONE_USER"), "CTI user (WTIPHONE_USER)")
	f.StringVar(&c.passwordFile, "password-file", "",
		"file with the CTI user's password (else WTIPHONE_PASSWORD, the keyring, a prompt)")
	f.StringVar(&c.switchName, "switch", os.Getenv("WTIPHONE_SWITCH"),
		"name of the switch connection at AES (WTIPHONE_SWITCH)")
	f.StringVar(&c.ca, "ca", "", "PEM file with the CA that signed AES's certificate")
	f.StringVar(&c.profile, "profile", "",
		"profile in the configuration file; 'mock' is built in")
	c.rest.register(f)
	f.BoolVarP(&c.verbose, "verbose", "v", false, "log what the session does to stderr")
}

// target is a connection with everything found that it needs.
type target struct {
	profile
	options wti.Options
	log     *slog.Logger
}

// resolve fills in what the flags leave open: flag, environment, profile.
func (c *connection) resolve() (*target, error) {
	p, err := loadProfile(c.profile, c.aes == "")
	if err != nil {
		return nil, err
	}
	p.AES = cmp.Or(c.aes, p.AES)
	p.User = cmp.Or(c.user, p.User)
	p.Switch = cmp.Or(c.switchName, p.Switch)
	p.CA = cmp.Or(c.ca, p.CA)
	switch {
	case p.AES == "":
		return nil, usagef("no AES to talk to: give --aes and --user, or a profile in %s",
			configPath())
	case wti.CheckAddress(p.AES) != nil:
		return nil, fmt.Errorf("--aes: %w", wti.CheckAddress(p.AES))
	case p.User == "":
		return nil, usagef("no user for %s: give --user or WTIPHONE_USER, or a profile in %s",
			hostOf(p.AES), configPath())
	}
	password, err := secretSource{
		what: "password of " + p.User, file: cmp.Or(c.passwordFile, p.PasswordFile),
		env: "WTIPHONE_PASSWORD", builtin: p.password, account: p.User + "@" + hostOf(p.AES),
	}.find(true)
	if err != nil {
		return nil, err
	}
	if password == "" {
		return nil, usagef("no password for %s: give --password-file or WTIPHONE_PASSWORD", p.User)
	}
	warnClear(p.AES)
	t := &target{profile: p, log: c.logger()}
	t.options = wti.Options{User: p.User, Password: password, Log: t.log}
	if p.Switch != "" {
		t.options.CTILinks = []string{p.Switch}
	}
	if t.options.RootCAs, err = readCA(p.CA); err != nil {
		return nil, err
	}
	if t.options.Dialect, err = p.Dialect.options(); err != nil {
		return nil, err
	}
	t.options.REST, err = c.rest.options(p)
	return t, err
}

// warnClear warns of credentials that cross a network in the clear.
func warnClear(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "ws" && u.Scheme != "http" {
		return
	}
	host := u.Hostname()
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return
	}
	fmt.Fprintf(os.Stderr, "wtiphone: %s:// sends the password in the clear; "+
		"use wss:// or https://\n", u.Scheme)
}

func (c *connection) logger() *slog.Logger {
	if !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// dial opens a session, and has tell told if its events do not arrive.
func (t *target) dial(ctx context.Context, tell func(text string)) (*wti.Session, *mailbox, error) {
	box := t.expectEvents()
	s, err := wti.Dial(ctx, t.AES, t.options)
	if err != nil {
		return nil, nil, err
	}
	box.watch(tell)
	return s, box, nil
}

// talk says something on stderr.
func talk(text string) { fmt.Fprintf(os.Stderr, "wtiphone: %s\n", printable(text)) }

func readCA(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, usagef("--ca: %v", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, usagef("--ca: %s holds no certificate in PEM form", path)
	}
	return pool, nil
}

// hostOf is the host of an address, without a port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// code finds the station's security code, which only a registration needs.
func (t *target) code(file string) (csta.Secret, error) {
	return secretSource{
		what: "security code of the station", file: cmp.Or(file, t.StationCodeFile),
		env: "WTIPHONE_STATION_CODE", builtin: t.stationCode,
	}.find(true)
}

// agentSecret finds the agent's password.
func (t *target) agentSecret(file string) (csta.HexSecret, error) {
	secret, err := secretSource{
		what: "password of the agent", file: cmp.Or(file, t.AgentPasswordFile),
		env: "WTIPHONE_AGENT_PASSWORD", builtin: t.agentPassword,
	}.find(true)
	return csta.HexSecret(secret), err
}
