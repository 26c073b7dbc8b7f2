package mockaes

import (
	"cmp"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// exchange is a switch, and the link to it.
type exchange struct {
	*pbx.Switch
	name     string
	linkDown atomic.Bool // written under the server's mu
}

// exchangeOf is the switch of a device. It is the first where the id names none that
// there is: that one refuses the id.
func (s *Server) exchangeOf(id csta.DeviceID) *exchange {
	at, err := s.exchangeNamed(id.SwitchName())
	if err != nil {
		return s.exchanges[0]
	}
	return at
}

// exchangeNamed is the switch of a name, without regard to case, the first for none.
func (s *Server) exchangeNamed(name string) (*exchange, error) {
	if name == "" {
		return s.exchanges[0], nil
	}
	for _, at := range s.exchanges {
		if strings.EqualFold(at.name, name) {
			return at, nil
		}
	}
	var names []string
	for _, at := range s.exchanges {
		names = append(names, at.name)
	}
	return nil, fmt.Errorf("there is no switch %.60q, only %s", name, strings.Join(names, ", "))
}

// linked refuses what needs a switch while the link to it is down.
func (at *exchange) linked() error {
	if at.linkDown.Load() {
		return csta.Refuse(csta.ResourceOutOfServe)
	}
	return nil
}

// Switch is the simulated Communication Manager, the first if there are several, for
// tests that want to look at it or to change it without a client.
func (s *Server) Switch() *pbx.Switch { return s.exchanges[0].Switch }

// SwitchNamed is the switch of a name, nil if there is none.
func (s *Server) SwitchNamed(name string) *pbx.Switch {
	at, err := s.exchangeNamed(name)
	if err != nil || name == "" {
		return nil
	}
	return at.Switch
}

// labs are all switches of the options, the first with its name.
func (o Options) labs() []pbx.Lab {
	labs := append([]pbx.Lab{*o.Lab}, o.Switches...)
	labs[0].Name = cmp.Or(labs[0].Name, pbx.DefaultName)
	return labs
}

// newSwitches makes the switches of labs and joins them. options are those of each.
func newSwitches(labs []pbx.Lab, options func(i int) pbx.Options) (list []*exchange, err error) {
	var all []*pbx.Switch
	defer func() {
		if err != nil {
			closeAll(all)
		}
	}()
	for i, lab := range labs {
		if i > 0 && (lab.Name == "" || lab.Node == 0) {
			return nil, mistake(fmt.Sprintf("Switches[%d]", i-1),
				"a further switch needs a name and a node")
		}
		one, err := pbx.New(lab, options(i))
		if err != nil && i > 0 {
			return nil, fmt.Errorf("switch %s: %w", lab.Name, err)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		list = append(list, &exchange{Switch: one, name: lab.Name})
	}
	return list, pbx.Join(all...)
}

func closeAll(switches []*pbx.Switch) {
	for _, s := range switches {
		s.Close()
	}
}
