package rtpmedia

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/pion/srtp/v3"
)

// Tokens of the DMCC schema for media encryption. The name of the SRTP one is
// inferred from the way Communication Manager writes it.
const (
	encryptionNone = "none"
	encryptionSRTP = "srtp-aescm128-hmac80"
)

// Sizes of the keys of AES_CM_128_HMAC_SHA1_80 in bytes (RFC 4568 §6.2).
const (
	KeySize  = 16
	SaltSize = 14
)

// replayWindow is how many packets a repetition may be behind (RFC 3711 §3.3.2
// asks for 64 at least).
const replayWindow = 128

// Encryption is what MediaStart says of keys: each direction has its own. The
// zero value is a stream in the clear.
type Encryption struct {
	Protocol                  string // DMCC token: "none" or "srtp-aescm128-hmac80"
	TransmitKey, TransmitSalt []byte
	ReceiveKey, ReceiveSalt   []byte
	// PlainRTCP leaves reports in the clear, as many H.323 systems do.
	PlainRTCP bool
}

// UnsupportedEncryptionError says that media encryption is known by name and
// not implemented, or not known at all.
type UnsupportedEncryptionError struct {
	Protocol string // as it was asked for
}

// Error names the protocol, and why "aes" is refused.
func (e *UnsupportedEncryptionError) Error() string {
	if strings.EqualFold(e.Protocol, "aes") {
		return `media encryption "aes" is Avaya's own and not published; ` +
			`use "srtp-aescm128-hmac80" or "none"`
	}
	return fmt.Sprintf("media encryption %q is not supported", e.Protocol)
}

// ParseKey reads a key or salt of size bytes from text, in hexadecimal digits or
// in base64; which of the two AES uses is not documented.
func ParseKey(text string, size int) ([]byte, error) {
	text = strings.TrimSpace(text)
	if key, err := hex.DecodeString(text); err == nil && len(key) == size {
		return key, nil
	}
	padded := strings.TrimRight(text, "=")
	if key, err := base64.RawStdEncoding.DecodeString(padded); err == nil && len(key) == size {
		return key, nil
	}
	return nil, fmt.Errorf("rtpmedia: ParseKey: not %d bytes in hexadecimal or base64", size)
}

// CheckEncryption tells why a way of protecting audio, by its DMCC token in any case,
// cannot be used: an [*UnsupportedEncryptionError]; nil if it can, as that of a stream in
// the clear.
func CheckEncryption(protocol string) error {
	e := Encryption{Protocol: protocol}
	if e.Encrypted() && !strings.EqualFold(protocol, encryptionSRTP) {
		return &UnsupportedEncryptionError{protocol}
	}
	return nil
}

// Encrypted tells whether there is anything to do.
func (e Encryption) Encrypted() bool {
	return e.Protocol != "" && !strings.EqualFold(e.Protocol, encryptionNone)
}

func (e Encryption) check() error {
	if err := CheckEncryption(e.Protocol); err != nil || !e.Encrypted() {
		return err
	}
	if len(e.TransmitKey) != KeySize || len(e.ReceiveKey) != KeySize ||
		len(e.TransmitSalt) != SaltSize || len(e.ReceiveSalt) != SaltSize {
		return fmt.Errorf("keys have to be of %d bytes and salts of %d", KeySize, SaltSize)
	}
	return nil
}

// crypt protects and opens packets. It is nil for a stream in the clear. The
// session's lock guards it.
type crypt struct {
	keys     Encryption
	send     *srtp.Context
	receive  *srtp.Context
	out, in  []byte // memory for results
	rtcpOpen bool
}

// newCrypt makes contexts for e, or goes on with those of before when the keys
// are the same: their packet indexes must not begin again.
func newCrypt(e Encryption, before *crypt) (*crypt, error) {
	if !e.Encrypted() {
		return nil, nil
	}
	if before != nil && before.keys.same(e) {
		before.rtcpOpen = e.PlainRTCP
		return before, nil
	}
	const profile = srtp.ProtectionProfileAes128CmHmacSha1_80
	send, err := srtp.CreateContext(e.TransmitKey, e.TransmitSalt, profile)
	if err != nil {
		return nil, err
	}
	receive, err := srtp.CreateContext(e.ReceiveKey, e.ReceiveSalt, profile,
		srtp.SRTPReplayProtection(replayWindow), srtp.SRTCPReplayProtection(replayWindow))
	if err != nil {
		return nil, err
	}
	return &crypt{
		keys: e, send: send, receive: receive, rtcpOpen: e.PlainRTCP,
		out: make([]byte, 0, maxDatagram), in: make([]byte, 0, maxDatagram),
	}, nil
}

// protocol is the DMCC token.
func (c *crypt) protocol() string {
	if c == nil {
		return encryptionNone
	}
	return c.keys.Protocol
}

func (e Encryption) same(o Encryption) bool {
	return bytes.Equal(e.TransmitKey, o.TransmitKey) &&
		bytes.Equal(e.TransmitSalt, o.TransmitSalt) &&
		bytes.Equal(e.ReceiveKey, o.ReceiveKey) && bytes.Equal(e.ReceiveSalt, o.ReceiveSalt)
}

// seal protects an RTP packet. The result is valid until the next call.
func (c *crypt) seal(packet []byte) ([]byte, error) {
	if c == nil {
		return packet, nil
	}
	sealed, err := c.send.EncryptRTP(c.out[:0], packet, nil)
	return sealed, err
}

// open checks and decrypts an RTP packet. The result is valid until the next
// call.
func (c *crypt) open(packet []byte) ([]byte, error) {
	if c == nil {
		return packet, nil
	}
	return c.receive.DecryptRTP(c.in[:0], packet, nil)
}

// sealReport and openReport do the same for RTCP, where it is not in the clear.
func (c *crypt) sealReport(packet []byte) ([]byte, error) {
	if c == nil || c.rtcpOpen {
		return packet, nil
	}
	return c.send.EncryptRTCP(nil, packet, nil)
}

func (c *crypt) openReport(packet []byte) ([]byte, error) {
	if c == nil || c.rtcpOpen {
		return packet, nil
	}
	return c.receive.DecryptRTCP(nil, packet, nil)
}
