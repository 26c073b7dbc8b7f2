package pbx

import (
	"encoding/base64"
	"encoding/hex"
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// DMCC tokens of a stream that nothing protects, and of one by AES_CM_128_HMAC_SHA1_80
// (RFC 4568 §6.2). The latter's spelling is inferred from Communication Manager's.
const (
	plain = "none"
	srtp  = "srtp-aescm128-hmac80"
)

// eventType is the payload type of digits (RFC 4733) on both sides.
const eventType = 101

// agree finds what a terminal and the switch have in common. missing is what they do not
// have, empty if there is all.
func (s *Switch) agree(far csta.MediaInfo) (t Terms, missing string) {
	t = Terms{PlainRTCP: s.features.PlainRTCP}
	if t.Codec = common(far.Codecs, s.features.Codecs); t.Codec == "" {
		return t, "codec"
	}
	offered := far.Encryption
	if len(offered) == 0 {
		offered = []string{plain}
	}
	if t.Encryption = common(offered, s.features.Encryption); t.Encryption == "" {
		return t, "media encryption"
	}
	if t.Encryption != plain {
		t.PayloadType = s.features.EncryptedType
	}
	return t, ""
}

// common is the first that is offered and spoken here, the first of ours if nothing is
// offered, and empty if there is none.
func common(offered, ours []string) string {
	if len(offered) == 0 {
		return ours[0]
	}
	for _, name := range offered {
		if slices.Contains(ours, name) {
			return name
		}
	}
	return ""
}

// encryption is what a MediaStarted says of a stream's keys.
func (s *Switch) encryption(t Terms, k Keys) csta.Encryption {
	if t.Encryption == plain {
		return csta.Encryption{Protocol: plain}
	}
	text := hex.EncodeToString
	if s.features.Base64Keys {
		text = base64.StdEncoding.EncodeToString
	}
	return csta.Encryption{
		Protocol: t.Encryption, PayloadType: t.PayloadType,
		TransmitKey:  csta.Secret(text(k.TransmitKey)),
		TransmitSalt: csta.Secret(text(k.TransmitSalt)),
		ReceiveKey:   csta.Secret(text(k.ReceiveKey)),
		ReceiveSalt:  csta.Secret(text(k.ReceiveSalt)),
	}
}
