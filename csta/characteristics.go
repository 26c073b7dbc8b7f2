package csta

import "github.com/wtiphone/wtiphone/internal/scan"

// What a call is like, beside its parties (ECMA-269, chapter 12; DMCC schema).

// CallCharacteristics says what kind of call it is (DMCC schema).
type CallCharacteristics struct {
	ACD          *bool `json:"acdCall,omitempty"`
	LowPriority  *bool `json:"lowPriorityCall,omitempty"`
	Priority     *bool `json:"priorityCall,omitempty"`
	HighPriority *bool `json:"highPriorityCall,omitempty"`
	Maintenance  *bool `json:"maintainanceCall,omitempty"` // sic
	DirectAgent  *bool `json:"directAgent,omitempty"`
	Assist       *bool `json:"assistCall,omitempty"`
	VoiceUnit    *bool `json:"voiceUnitCall,omitempty"`
	Private      *bool `json:"privateCall,omitempty"`
	Personal     *bool `json:"personalCall,omitempty"`
	Sensitive    *bool `json:"sensitiveCall,omitempty"`
	Confidential *bool `json:"confidentialCall,omitempty"`
}

// MediaCharacteristics says what a call consists of (DMCC schema:
// MediaCallCharacteristics, whose attributes of circuits are left out).
type MediaCharacteristics struct {
	Class MediaClass `json:"mediaClass,omitzero"`
	Rate  *int       `json:"connectionRate,omitempty"`
	Delay *int       `json:"delayTolerance,omitempty"`
}

// MediaClass says which media a call has (DMCC schema).
type MediaClass struct {
	Voice    *bool `json:"voice,omitempty"`
	Data     *bool `json:"data,omitempty"`
	Image    *bool `json:"image,omitempty"`
	Audio    *bool `json:"audio,omitempty"`
	Other    *bool `json:"other,omitempty"`
	NotKnown *bool `json:"notKnown,omitempty"`
	Chat     *bool `json:"chat,omitempty"`
	Email    *bool `json:"email,omitempty"`
	Message  *bool `json:"message,omitempty"`
	IM       *bool `json:"im,omitempty"`
	SMS      *bool `json:"sms,omitempty"`
	MMS      *bool `json:"mms,omitempty"`
}

// CorrelatorData goes with a call through the systems that it touches (DMCC schema).
type CorrelatorData struct {
	Text HexText `json:"string,omitempty"`
}

// DeviceHistoryItem is a device that a call has left (DMCC schema:
// DeviceHistoryListItem).
type DeviceHistoryItem struct {
	Device     RedirectionDeviceID `json:"oldDeviceID,omitzero"`
	Cause      EventCause          `json:"eventCause,omitempty"`
	Connection ConnectionID        `json:"oldConnectionID,omitzero"`
}

// Opaque is a part of a message that no public source spells out: JSON, as it came.
type Opaque []byte

// MarshalJSON writes the JSON as it is.
func (o Opaque) MarshalJSON() ([]byte, error) {
	if len(o) == 0 {
		return []byte("null"), nil
	}
	return o, nil
}

// String is the JSON text.
func (o Opaque) String() string { return string(o) }

func (o *Opaque) decodeJSON(c *scan.Cursor) error {
	raw, err := c.Raw()
	if raw != "null" {
		*o = Opaque(raw)
	}
	return err
}
