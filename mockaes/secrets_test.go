package mockaes_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
)

// firstSession is the id and token of the first session of a fresh server.
func firstSession(t *testing.T, seed uint64) (both [2]string) {
	t.Helper()
	bubble(t, mockaes.Options{Seed: seed, Silent: true},
		func(t *testing.T, srv *mockaes.Server) {
			both[0], both[1] = open(t, srv).start()
		})
	return both
}

func TestTokensCannotBeGuessedUnlessASeedWasGiven(t *testing.T) {
	one, two := firstSession(t, 0), firstSession(t, 0)
	if one[0] == two[0] || one[1] == two[1] {
		t.Errorf("two servers without a seed began with %q and %q", one, two)
	}
	if one, two = firstSession(t, 7), firstSession(t, 7); one != two {
		t.Errorf("two servers with one seed began with %q and %q", one, two)
	}
}
