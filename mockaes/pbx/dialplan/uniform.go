package dialplan

import (
	"errors"
	"fmt"
	"strings"
)

// Uniform says which numbers of other switches are reached over a tie trunk group (CM:
// uniform dial plan and AAR). Numbers of the switch itself come first; of several
// entries for one number the first with a free line is taken.
type Uniform struct {
	Number     string // as dialled; a * at the end stands for any rest
	TrunkGroup int
	Delete     int    // digits that are taken off the front before the number is sent
	Insert     string // digits that are then put in front
}

// prefix is the part of the number that is fixed; open: any rest may follow.
func (u Uniform) prefix() (prefix string, open bool) { return strings.CutSuffix(u.Number, "*") }

// Matches reports whether a number is one of the entry.
func (u Uniform) Matches(number string) bool {
	prefix, open := u.prefix()
	return number == prefix || open && strings.HasPrefix(number, prefix)
}

// Check finds what cannot be in an entry of the plan.
func (u Uniform) Check() error {
	prefix, open := u.prefix()
	switch {
	case !Dialable(prefix):
		return errors.New("not a number, or the beginning of one before a *")
	case u.Delete < 0 || u.Delete > len(prefix):
		return fmt.Errorf("%d digits to delete: want 0 to %d", u.Delete, len(prefix))
	case u.Insert != "" && !digitsOnly(u.Insert):
		return fmt.Errorf("%q to insert: want digits", u.Insert)
	case !open && u.Sends(prefix) == "":
		return errors.New("no digit is left to be sent")
	}
	return nil
}

// Sends is the number that is sent for a number that matches.
func (u Uniform) Sends(number string) string { return u.Insert + number[u.Delete:] }

// Dials is what is dialled to have a number sent; "" if nothing is.
func (u Uniform) Dials(sent string) string {
	rest, ok := strings.CutPrefix(sent, u.Insert)
	number := u.Number[:u.Delete] + rest
	if !ok || !u.Matches(number) {
		return ""
	}
	return number
}
