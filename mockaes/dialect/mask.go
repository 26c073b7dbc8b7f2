package dialect

import (
	"encoding/json"
	"strings"
)

// secretMembers are the members whose values nobody reads in a journal, in lower
// case (DMCC schema; token and authorization are WTI's).
var secretMembers = map[string]bool{
	"password": true, "agentpassword": true, "token": true, "authorization": true,
	"transmitkey": true, "receivekey": true, "transmitsalt": true, "receivesalt": true,
	"securitycode": true, "oldsecuritycode": true, "newsecuritycode": true,
}

const masked = "[secret]"

// Mask hides the secrets of a frame. A payload that travels as a string is looked
// into. What cannot be read is not shown at all.
func Mask(frame json.RawMessage) json.RawMessage {
	if len(frame) == 0 {
		return nil
	}
	t, err := parseTree(frame)
	if err != nil {
		return json.RawMessage(`"not JSON"`)
	}
	maskTree(t)
	out, err := t.append(nil)
	if err != nil {
		return json.RawMessage(`"not JSON"`)
	}
	return out
}

func maskTree(t *tree) {
	t.walk("", func(name string, t *tree) {
		if secretMembers[strings.ToLower(name)] {
			*t = *text(masked)
		} else if strings.EqualFold(name, "payload") {
			maskPayload(t)
		}
	})
}

// maskPayload masks the JSON in a string.
func maskPayload(t *tree) {
	s, ok := t.scalar.(string)
	if s = strings.TrimSpace(s); !ok || s == "" || s[0] != '{' && s[0] != '[' {
		return
	}
	inner, err := parseTree([]byte(s))
	if err != nil {
		t.scalar = masked
		return
	}
	maskTree(inner)
	raw, _ := inner.append(nil) // it was just read
	t.scalar = string(raw)
}
