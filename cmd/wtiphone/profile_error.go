package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
)

// configError says where a configuration file is wrong and why, and shows nothing of
// what stands there: a password may be beside a mistake.
func configError(err error) error {
	why, line := "it is no YAML that can be read", 0
	var at yaml.Error
	if errors.As(err, &at) {
		if t := at.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line
		}
		if text := at.GetMessage(); !strings.ContainsAny(text, "\"'`") {
			why = text // what quotes nothing of the file
		}
	}
	var unknown *yaml.UnknownFieldError
	var mistyped *yaml.TypeError
	switch {
	case errors.As(err, &unknown):
		why = unknownKey(unknown.GetMessage())
	case errors.As(err, &mistyped):
		why = "a value is not of the kind that its key wants"
	}
	if line == 0 {
		return errors.New(why)
	}
	return fmt.Errorf("line %d: %s", line, why)
}

// unknownKey says which key there is not, as far as it is surely one: "password:secret"
// without a space is a key to YAML. The file has no secrets, but names of files with some.
func unknownKey(message string) string {
	_, key, _ := strings.Cut(message, `"`)
	key, _, _ = strings.Cut(key, `"`)
	key, _, _ = strings.Cut(key, ":")
	known := configKeys(reflect.TypeFor[configuration]())
	for _, name := range known {
		if file, ok := strings.CutSuffix(name, "File"); ok && strings.EqualFold(file, key) {
			return fmt.Sprintf("there is no key %.40q: secrets do not stand here; "+
				"%s names the file that has it", key, name)
		}
	}
	why := fmt.Sprintf("there is no key %.40q here", key)
	if near := nearestOf(key, known); near != "" {
		why += "; did you mean " + near + "?"
	}
	return why
}

// configKeys are the keys of a type and of what stands in it.
func configKeys(t reflect.Type) (keys []string) {
	if t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for f := range t.Fields() {
		if name, ok := f.Tag.Lookup("yaml"); ok {
			name, _, _ = strings.Cut(name, ",")
			keys = append(append(keys, name), configKeys(f.Type)...)
		}
	}
	return keys
}
