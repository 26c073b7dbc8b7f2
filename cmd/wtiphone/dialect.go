package main

import (
	"slices"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// dialectConfig fixes in a profile what is otherwise found out about a server.
type dialectConfig struct {
	Token  wti.TokenPlace     `yaml:"token"`
	Fields wti.FieldStyle     `yaml:"fields"`
	Filter wti.FilterPolarity `yaml:"filter"`
	Names  map[string]string  `yaml:"names"` // of services, where they differ on the wire
}

// options checks what a person has written.
func (d dialectConfig) options() (wti.Dialect, error) {
	none := wti.Dialect{}
	tokens := []wti.TokenPlace{
		wti.TokenAuto, wti.TokenSocket, wti.TokenMember, wti.TokenAuthorization,
	}
	fields := []wti.FieldStyle{wti.FieldsAuto, wti.FieldsLower, wti.FieldsUpper}
	filters := []wti.FilterPolarity{
		wti.FilterAuto, wti.FilterWanted, wti.FilterCSTA, wti.FilterNone,
	}
	switch {
	case !slices.Contains(tokens, d.Token):
		return none, usagef("dialect: token: %q is none of %q", d.Token, tokens[1:])
	case !slices.Contains(fields, d.Fields):
		return none, usagef("dialect: fields: %q is none of %q", d.Fields, fields[1:])
	case !slices.Contains(filters, d.Filter):
		return none, usagef("dialect: filter: %q is none of %q", d.Filter, filters[1:])
	}
	for service, name := range d.Names {
		if info, known := csta.FindService(service); !known || info.Name != service || name == "" {
			return none, usagef("dialect: names: %q is no service with a name, see send --list",
				service)
		}
	}
	return wti.Dialect{Token: d.Token, Fields: d.Fields, Filter: d.Filter, Names: d.Names}, nil
}
