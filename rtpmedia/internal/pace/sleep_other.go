//go:build !linux

package pace

import "time"

// precise is as good as the standard library's timers.
func precise() Sleep {
	return func(until time.Time) { time.Sleep(time.Until(until)) }
}
