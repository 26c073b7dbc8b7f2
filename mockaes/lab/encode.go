package lab

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/goccy/go-yaml"
)

// encode writes f without what is zero.
func encode(f file) ([]byte, error) {
	data, err := yaml.MarshalWithOptions(plain(reflect.ValueOf(f)), yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("lab: Format: %w", err)
	}
	return data, nil
}

// plain makes a value of v that the YAML library writes as a lab file has it.
func plain(v reflect.Value) any {
	switch {
	case v.Type() == durationType:
		return time.Duration(v.Int()).String()
	case v.Kind() == reflect.Pointer:
		return plain(v.Elem())
	case v.Kind() == reflect.Struct:
		pairs := yaml.MapSlice{}
		for _, f := range fieldsOf(v.Type()) {
			if value := v.FieldByIndex(f.index); !value.IsZero() {
				pairs = append(pairs, yaml.MapItem{Key: f.key, Value: plain(value)})
			}
		}
		return pairs
	case v.Kind() == reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	case v.Kind() == reflect.String:
		return v.String() // without a type of its own, and the manners that it may have
	}
	return v.Interface()
}

// Schema is the JSON Schema (draft 2020-12) of lab files, for editors.
func Schema() ([]byte, error) {
	schema := schemaOf(reflect.TypeFor[file]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "wtiphone lab"
	data, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("lab: Schema: %w", err)
	}
	return append(data, '\n'), nil
}

type object = map[string]any

func schemaOf(t reflect.Type) object {
	switch {
	case t == durationType:
		return object{
			"type": "string", "pattern": `^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$`,
		}
	case words[t] != nil:
		return object{"enum": words[t]}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Struct:
		properties := object{}
		for _, f := range fieldsOf(t) {
			properties[f.key] = schemaOf(f.typ)
			if known := items[t][f.key]; known != nil {
				properties[f.key] = object{
					"type": "array", "items": object{"enum": known}, "uniqueItems": true,
				}
			}
		}
		return object{"type": "object", "additionalProperties": false, "properties": properties}
	case reflect.Slice:
		return object{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.String:
		return object{"type": []string{"string", "number", "boolean"}}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Uint64:
		return object{"type": "integer", "minimum": 0}
	}
	return object{"type": "integer"}
}
