package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"unicode"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// The exit codes, the same for every verb.
const (
	exitDone         = 0
	exitFailed       = 1   // a call that did not connect, a story that went wrong
	exitUsage        = 2   // wrong usage
	exitUnreachable  = 3   // AES could not be reached, or was lost
	exitUnauthorized = 4   // a password or a station's code was refused
	exitFault        = 5   // AES refused the request
	exitAudio        = 6   // audio failed
	exitInterrupted  = 130 // Ctrl-C
)

// codedError is an error with an exit code of its own.
type codedError struct {
	code  int
	quiet bool // the report already says it
	file  bool // the mistake stands in a file: how to write the command line helps nobody
	err   error
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

func usage(err error) error { return &codedError{code: exitUsage, err: err} }

func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

// mistaken is a mistake in a file that the command line names.
func mistaken(err error) error { return &codedError{code: exitUsage, file: true, err: err} }

func isMistaken(err error) bool {
	e, ok := errors.AsType[*codedError](err)
	return ok && e.file
}

func audioError(err error) error { return &codedError{code: exitAudio, err: err} }

// failed is an outcome that stdout already tells about.
func failed(why string) error {
	return &codedError{code: exitFailed, quiet: true, err: errors.New(why)}
}

func silent(err error) bool {
	e, ok := errors.AsType[*codedError](err)
	return ok && e.quiet
}

// exitCode sorts an error. An interrupt counts only if it is what ended the work.
func exitCode(ctx context.Context, err error) int {
	if err == nil {
		return exitDone
	}
	if e, ok := errors.AsType[*codedError](err); ok {
		return e.code
	}
	_, isFault := errors.AsType[*csta.Fault](err)
	refusal, isRegistration := errors.AsType[*phone.RegistrationError](err)
	switch {
	case errors.Is(err, wti.ErrUnauthorized),
		isRegistration && refusal.Code == csta.SecurityDenial:
		return exitUnauthorized
	case isFault, isRegistration:
		return exitFault
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, wti.ErrUnreachable), errors.Is(err, wti.ErrConnectionLost),
		errors.Is(err, wti.ErrTerminated):
		return exitUnreachable
	case isUsage(err), errors.Is(err, wti.ErrAddress), errors.Is(err, wti.ErrNoListener):
		return exitUsage
	}
	return exitFailed
}

// isUsage recognises what cobra itself says about a command line; it has no type
// for that.
func isUsage(err error) bool {
	text := err.Error()
	for _, start := range [...]string{
		"unknown command", "unknown flag", "unknown shorthand", "accepts ", "requires at least",
		"required flag", "invalid argument", "if any flags in the group",
	} {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

// explain adds what to do about the commonest failures. The text is one line.
func explain(err error) string {
	text := printable(err.Error())
	switch {
	case errors.Is(err, wti.ErrUnauthorized):
		text += "; check user and password (the CTI user of AES), and that AES is 10.2 or later"
	case errors.Is(err, wti.ErrNoListener):
		text += "; give --rest-listen, and --rest-url where AES reaches it by another address"
	case errors.Is(err, wti.ErrUnreachable):
		text += "; " + unreachable(err)
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		text += "; another mock may be running: --listen with port 0 takes a free one"
	}
	r, ok := errors.AsType[*phone.RegistrationError](err)
	if ok && r.Code == csta.SecurityDenial {
		text += "; check the station's security code (--station-code-file)"
	}
	if name, missing := licence(err); missing {
		text += "; " + csta.Shortage(name)
	}
	if f, ok := errors.AsType[*csta.Fault](err); ok {
		if advice, ok := advices[f.Code]; ok {
			text += "; " + advice
		}
	}
	return text
}

// licence is what AES has run out of, if that is why it refused a request or did not
// register a terminal.
func licence(err error) (name string, missing bool) {
	if r, ok := errors.AsType[*phone.RegistrationError](err); ok {
		return csta.LicenceIn(r.Reason)
	}
	if f, ok := errors.AsType[*csta.Fault](err); ok {
		return f.Licence()
	}
	return "", false
}

// plainly is an error for a note on the screen, with what to do if a licence is missing.
func plainly(err error) string {
	if name, missing := licence(err); missing {
		return csta.Shortage(name)
	}
	return err.Error()
}

// advices say what to do about the commonest refusals.
var advices = map[csta.FaultCode]string{
	csta.InvalidDeviceID: "check the extension and --switch, and that the CTI user may " +
		"control the device",
	csta.PrivilegeViolation:     "the CTI user may not control this device: see the SDB on AES",
	csta.ResourceBusy:           "another session has the device, or AES is busy",
	csta.InvalidAgentIdentifier: "check --agent",
	csta.InvalidAgentPassword:   "check the agent's password",
	csta.InvalidAgentState: "the agent is logged in elsewhere, is in that state already, " +
		"or has a call: then ask for the change to be pending",
	csta.ServiceNotSupported: "this AES does not offer the service",
	csta.GenericSubscribed: "something that is licensed is used up at AES, such as TSAPI " +
		"Basic User (WebLM, " + csta.TSAPILicence + ")",
	csta.InvalidObjectState: "the device or the call is in another state than this needs: a " +
		"station that is in a call places no other one",
}

// printable replaces control characters: an error may quote what came from the
// network.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		if unicode.Is(unicode.Cf, r) {
			return -1 // could turn the rest around
		}
		return r
	}, text)
	if short := []rune(text); len(short) > maxShown {
		text = string(short[:maxShown]) + " (and more)"
	}
	return text
}

// maxShown bounds, in characters, what of a text from elsewhere is shown.
const maxShown = 600
