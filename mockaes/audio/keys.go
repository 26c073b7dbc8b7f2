package audio

import (
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// keysFor makes the keys of a stream, new ones each time: two streams with the same keys
// would have the same keystream (RFC 3711 §9.1). The caller holds mu.
func (g *Gateway) keysFor(terms pbx.Terms) pbx.Keys {
	if terms.Encryption == "" || terms.Encryption == "none" {
		return pbx.Keys{}
	}
	secret := func(size int) []byte {
		b := make([]byte, size)
		_, _ = g.opts.Secrets.Read(b) // neither source ever fails
		return b
	}
	return pbx.Keys{
		TransmitKey: secret(rtpmedia.KeySize), TransmitSalt: secret(rtpmedia.SaltSize),
		ReceiveKey: secret(rtpmedia.KeySize), ReceiveSalt: secret(rtpmedia.SaltSize),
	}
}

// encryption is the switch's side of a terminal's keys: it receives with what the
// terminal transmits with.
func encryption(terms pbx.Terms, k pbx.Keys) rtpmedia.Encryption {
	return rtpmedia.Encryption{
		Protocol: terms.Encryption, PlainRTCP: terms.PlainRTCP,
		TransmitKey: k.ReceiveKey, TransmitSalt: k.ReceiveSalt,
		ReceiveKey: k.TransmitKey, ReceiveSalt: k.TransmitSalt,
	}
}
