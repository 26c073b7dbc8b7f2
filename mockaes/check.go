package mockaes

import (
	"errors"
	"fmt"
	"slices"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/audio"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// OptionError is a mistake in [Options], told by its place. One in a lab of theirs is a
// [pbx.LabError] or a [pbx.TieError].
type OptionError struct {
	Path string // of the field, such as Users[1].Devices[0]
	Err  error  // what is wrong, and what is wanted
}

// Error says what is wrong.
func (e *OptionError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *OptionError) Unwrap() error { return e.Err }

func mistake(path, format string, args ...any) error {
	return &OptionError{Path: path, Err: fmt.Errorf(format, args...)}
}

// Check finds what [Start] would refuse without starting anything: users, limits, quirks,
// traffic and the labs.
func (o Options) Check() error {
	if err := o.withDefaults().check(); err != nil {
		return fmt.Errorf("mockaes: Check: %w", err)
	}
	return nil
}

func (o Options) check() error {
	for i, name := range o.Quirks {
		if _, err := dialect.New(name); err != nil {
			return mistake(fmt.Sprintf("Quirks[%d]", i), "%w", err)
		}
	}
	dry, err := newSwitches(o.labs(), func(i int) pbx.Options { return pbx.Options{Place: i} })
	if err != nil {
		return err
	}
	defer func() {
		for _, at := range dry {
			at.Close()
		}
	}()
	if o.AudioPort != 0 && (o.Silent || o.InMemory) {
		return fmt.Errorf("audio port %d: the server has no audio by UDP", o.AudioPort)
	}
	for _, part := range []func([]*exchange) error{o.checkUsers, o.checkTraffic} {
		if err := part(dry); err != nil {
			return err
		}
	}
	if err := o.Licences.check(); err != nil {
		return err
	}
	return o.Limits.check()
}

// checkUsers finds users without a name of their own, and rights to what there is not.
func (o Options) checkUsers(at []*exchange) error {
	seen := make(map[string]bool)
	for i, u := range o.Users {
		path := fmt.Sprintf("Users[%d]", i)
		if u.Name == "" {
			return mistake(path, "a user without a name")
		}
		if seen[u.Name] {
			return mistake(path+".Name", "two users are called %q: want a name each", u.Name)
		}
		seen[u.Name] = true
		for j, device := range u.Devices {
			path := fmt.Sprintf("%s.Devices[%d]", path, j)
			if !known(at, csta.DeviceID(device)) {
				return mistake(path, "user %q: no number %q: want one of the lab, such as 1001, "+
					"or 1001:CM2 of one switch alone", u.Name, device)
			}
			if slices.Index(u.Devices, device) < j {
				return mistake(path, "user %q: %s twice: want it once", u.Name, device)
			}
		}
	}
	return nil
}

// known reports whether a switch has the number of an id.
func known(all []*exchange, id csta.DeviceID) bool {
	return slices.ContainsFunc(all, func(at *exchange) bool {
		_, err := at.DeviceID(id.SwitchName(), id.Extension(), false)
		return err == nil
	})
}

// checkTraffic finds customers who could not call.
func (o Options) checkTraffic(at []*exchange) error {
	if o.Traffic == nil {
		return nil
	}
	for i, to := range o.Traffic.withDefaults().To {
		if _, err := at[0].DeviceID("", to, false); err == nil {
			continue
		}
		if len(o.Traffic.To) == 0 {
			return mistake("Traffic.To", "traffic: customers call %s if nothing is said, and "+
				"%s has no such number: want one of its own", to, at[0].name)
		}
		return mistake(fmt.Sprintf("Traffic.To[%d]", i), "traffic: no number %q: want one of %s",
			to, at[0].name)
	}
	public := func(g pbx.TrunkGroup) bool { return g.To == "" }
	if !slices.ContainsFunc(o.Lab.TrunkGroups, public) {
		return mistake("Traffic", "traffic: %s has no trunk group for customers to call by: "+
			"want one that is no tie trunk", at[0].name)
	}
	return nil
}

// check finds limits that are none.
func (l Limits) check() error {
	for _, limit := range []struct {
		field string
		value int64
	}{
		{"Sockets", int64(l.Sockets)},
		{"Sessions", int64(l.Sessions)},
		{"Monitors", int64(l.Monitors)},
		{"SessionMonitors", int64(l.SessionMonitors)},
		{"Frame", int64(l.Frame)},
		{"OutboxFrames", int64(l.OutboxFrames)},
		{"OutboxBytes", int64(l.OutboxBytes)},
		{"Journal", int64(l.Journal)},
		{"JournalBytes", int64(l.JournalBytes)},
		{"MinDuration", int64(l.MinDuration)},
		{"MaxDuration", int64(l.MaxDuration)},
		{"CleanupDelay", int64(l.CleanupDelay)},
		{"StartTimeout", int64(l.StartTimeout)},
		{"WriteTimeout", int64(l.WriteTimeout)},
	} {
		if limit.value < 0 {
			return mistake("Limits."+limit.field, "limits: want nothing negative, and 0 for "+
				"what is usual")
		}
	}
	if l.MinDuration > l.MaxDuration {
		return mistake("Limits", "limits: sessions of at least %v and at most %v: want the "+
			"least below the most", l.MinDuration, l.MaxDuration)
	}
	return nil
}

// CheckSounds finds a sound of the labs or of the traffic that is not there: a file that is
// neither one of the package's own nor in AudioDir, or what cannot be a sound. [Start] refuses
// it as well, unless the server is silent.
func (o Options) CheckSounds() error {
	o = o.withDefaults()
	for i, lab := range o.labs() {
		err := audio.CheckSounds(lab, o.AudioDir)
		if wrong, is := errors.AsType[*pbx.LabError](err); is {
			wrong.Place = i
		}
		if err != nil {
			return fmt.Errorf("mockaes: %w", err)
		}
	}
	if o.Traffic == nil {
		return nil
	}
	for i, says := range o.Traffic.Says {
		if err := audio.CheckSound(says, o.AudioDir); err != nil {
			return fmt.Errorf("mockaes: %w",
				mistake(fmt.Sprintf("Traffic.Says[%d]", i), "traffic: %w", err))
		}
	}
	return nil
}
