package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/goccy/go-yaml"

	"github.com/wtiphone/wtiphone/csta"
)

// profile is a named set of what is needed to reach an AES.
type profile struct {
	AES               string `yaml:"aes"`
	User              string `yaml:"user"`
	Switch            string `yaml:"switch"`
	CA                string `yaml:"ca"`
	PasswordFile      string `yaml:"passwordFile"`
	StationCodeFile   string `yaml:"stationCodeFile"`
	AgentPasswordFile string `yaml:"agentPasswordFile"`
	RESTListen        string `yaml:"restListen"`
	RESTURL           string `yaml:"restURL"`
	RESTCert          string `yaml:"restCert"`
	RESTKey           string `yaml:"restKey"`

	Dialect dialectConfig `yaml:"dialect"`

	// Of the mock profile only: its lab is public, nothing in it is secret.
	password, stationCode, agentPassword csta.Secret
}

// configuration is the file of profiles.
type configuration struct {
	Default  string             `yaml:"default"`
	Profiles map[string]profile `yaml:"profiles"`
}

// mockAddress is where 'wtiphone mock' listens unless told otherwise.
const mockAddress = "127.0.0.1:9450"

// mockProfile reaches a mock on this host, and is what counts when nothing at all
// is configured.
const mockProfile = "mock"

func builtinMock() profile {
	return profile{
		AES: "ws://" + mockAddress, User: "cti", Switch: "CM1",
		password: "cti-secret", stationCode: "123456", agentPassword: "4321",
	}
}

func configPath() string { return filepath.Join(xdg.ConfigHome, "wtiphone", "config.yaml") }

// loadProfile finds a profile by name. No name means the file's default; without a
// file it is the mock, if that is allowed.
func loadProfile(name string, mockAllowed bool) (profile, error) {
	var c configuration
	text, err := os.ReadFile(configPath())
	switch {
	case err == nil:
		if err := yaml.UnmarshalWithOptions(text, &c, yaml.Strict()); err != nil {
			return profile{}, usagef("%s: %w", configPath(), configError(err))
		}
	case !errors.Is(err, fs.ErrNotExist):
		return profile{}, usagef("configuration: %v", err)
	}
	if name == "" {
		name = c.Default
	}
	if p, ok := c.Profiles[name]; ok {
		return p, nil
	}
	switch {
	case name == mockProfile, name == "" && mockAllowed:
		return builtinMock(), nil
	case name == "":
		return profile{}, nil
	}
	return profile{}, usagef("no profile %q in %s%s", name, configPath(), known(c))
}

func known(c configuration) string {
	if len(c.Profiles) == 0 {
		return ""
	}
	names := slices.Sorted(maps.Keys(c.Profiles))
	return fmt.Sprintf(" (there are: %s)", strings.Join(names, ", "))
}

// profileNames are the profiles that can be chosen, for a shell. A file that cannot be
// read has none.
func profileNames() []string {
	var c configuration
	if text, err := os.ReadFile(configPath()); err == nil {
		_ = yaml.Unmarshal(text, &c)
	}
	names := slices.Collect(maps.Keys(c.Profiles))
	if !slices.Contains(names, mockProfile) {
		names = append(names, mockProfile)
	}
	slices.Sort(names)
	return names
}
