package phone

import (
	"errors"
	"fmt"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// checkTerms finds what the phone could not keep of what it would offer to the switch.
// Nothing is registered then.
func (o Options) checkTerms() error {
	for _, name := range o.Codecs {
		if o.Capture != nil && rtpmedia.CanCapture(name) {
			continue
		}
		if _, err := rtpmedia.CodecByName(name); err != nil {
			return fmt.Errorf("phone: %w", err)
		}
	}
	for _, name := range o.Encryption {
		if err := rtpmedia.CheckEncryption(name); err != nil {
			return fmt.Errorf("phone: %w", err)
		}
	}
	return nil
}

// encryptionOf reads the keys of a stream: transmitKey and transmitSalt are those that we
// send with (DMCC schema). Errors do not show them.
func encryptionOf(e csta.Encryption) (r rtpmedia.Encryption, err error) {
	if err := rtpmedia.CheckEncryption(e.Protocol); err != nil {
		return r, fmt.Errorf("phone: %w", err)
	}
	r.Protocol = e.Protocol
	if !r.Encrypted() {
		return r, nil
	}
	var all []error
	for _, part := range []struct {
		name string
		text csta.Secret
		size int
		to   *[]byte
	}{
		{"transmitKey", e.TransmitKey, rtpmedia.KeySize, &r.TransmitKey},
		{"transmitSalt", e.TransmitSalt, rtpmedia.SaltSize, &r.TransmitSalt},
		{"receiveKey", e.ReceiveKey, rtpmedia.KeySize, &r.ReceiveKey},
		{"receiveSalt", e.ReceiveSalt, rtpmedia.SaltSize, &r.ReceiveSalt},
	} {
		if *part.to, err = rtpmedia.ParseKey(string(part.text), part.size); err != nil {
			all = append(all, fmt.Errorf("%s: %w", part.name, err))
		}
	}
	if err := errors.Join(all...); err != nil {
		return r, fmt.Errorf("phone: keys of the audio: %w", err)
	}
	return r, nil
}
