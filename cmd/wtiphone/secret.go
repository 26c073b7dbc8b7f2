package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/zalando/go-keyring"

	"github.com/wtiphone/wtiphone/csta"
)

// secretSource says where one secret may come from, in the order in which the
// places are tried. A secret is never a flag's value: others can read those.
type secretSource struct {
	what    string // for the prompt and for errors
	file    string // from a flag or a profile
	env     string
	builtin csta.Secret // of the mock profile
	account string      // in the keyring; "" does not ask it
}

// maxSecret bounds a secret's file; more than that is some other file.
const maxSecret = 4096

// find returns the secret, "" if no place has it and prompting is impossible.
func (s secretSource) find(prompt bool) (csta.Secret, error) {
	if s.file != "" {
		return readSecret(s.file, s.what)
	}
	if text, ok := os.LookupEnv(s.env); ok {
		return csta.Secret(text), nil
	}
	if s.builtin != "" {
		return s.builtin, nil
	}
	if s.account != "" {
		if secret, ok := fromKeyring(s.account); ok {
			return secret, nil
		}
	}
	if !prompt || !term.IsTerminal(os.Stdin.Fd()) {
		return "", nil
	}
	fmt.Fprintf(os.Stderr, "%s: ", s.what)
	text, err := term.ReadPassword(os.Stdin.Fd())
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return "", usagef("%s: %v", s.what, err)
	}
	return csta.Secret(text), nil
}

func readSecret(path, what string) (csta.Secret, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", usagef("%s: %v", what, err)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	switch {
	case err != nil:
		return "", usagef("%s: %v", what, err)
	case len(text) > maxSecret:
		return "", usagef("%s: %s is longer than %d bytes", what, path, maxSecret)
	}
	secret := strings.TrimRight(string(text), "\r\n")
	if secret == "" {
		return "", usagef("%s: %s is empty", what, path)
	}
	return csta.Secret(secret), nil
}

// keyringLimit bounds how long a keyring may take: a locked one can wait for ever.
const keyringLimit = 3 * time.Second

const keyringService = "wtiphone"

func fromKeyring(account string) (csta.Secret, bool) {
	type found struct {
		text string
		err  error
	}
	got := make(chan found, 1)
	go func() { // ends with the keyring's answer, or with the process
		text, err := keyring.Get(keyringService, account)
		got <- found{text, err}
	}()
	select {
	case f := <-got:
		if f.err != nil && !errors.Is(f.err, keyring.ErrNotFound) {
			return "", false
		}
		return csta.Secret(f.text), f.err == nil
	case <-time.After(keyringLimit):
		fmt.Fprintln(os.Stderr, "wtiphone: the keyring did not answer in 3 s, going on without it")
		return "", false
	}
}
