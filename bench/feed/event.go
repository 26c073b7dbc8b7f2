package feed

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// EventName is the event that a feed sends.
const EventName = "DeliveredEvent"

// The kinds of client that a feed serves; each is the path of its address.
const (
	Bare     = "/bare"     // reads WTI's frames and does nothing with them
	WTI      = "/wti"      // a WTI session with one monitor
	Ethereum = "/ethereum" // a subscription as of go-ethereum's rpc
	JSONRPC2 = "/jsonrpc2" // notifications of JSON-RPC 2.0
)

// Payload is an event of about 900 bytes: a call that reaches an agent by way of a VDN.
func Payload() []byte {
	for _, e := range csta.Events() {
		if e.Name == EventName {
			var b bytes.Buffer
			if json.Compact(&b, e.Example) == nil {
				return b.Bytes()
			}
		}
	}
	return nil
}

// Message is the frame in which a kind of client gets an event.
func Message(kind string, payload []byte) ([]byte, error) {
	switch kind {
	case Bare, WTI:
		return Frame(payload, false)
	case Ethereum:
		return fmt.Appendf(nil, `{"jsonrpc":"2.0","method":"wti_subscription","params":`+
			`{"subscription":"%s","result":%s}}`, subscription, payload), nil
	case JSONRPC2:
		return fmt.Appendf(nil, `{"jsonrpc":"2.0","method":"%s","params":%s}`,
			EventName, payload), nil
	}
	return nil, fmt.Errorf("feed: no client of kind %q", kind)
}

// Frame is the event as WTI sends it, its payload as an object or as a string.
func Frame(payload []byte, text bool) ([]byte, error) {
	h := wire.Header{Kind: wire.Event, Name: EventName, InvokeID: 9999, TextPayload: text}
	return wire.Encode(h, json.RawMessage(payload))
}

// framed is a text message as a server sends it over a WebSocket (RFC 6455 §5.2).
func framed(message []byte) []byte {
	const finalText, length16 = 0x81, 126
	b := []byte{finalText, length16}
	return append(binary.BigEndian.AppendUint16(b, uint16(len(message))), message...)
}
