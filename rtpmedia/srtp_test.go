package rtpmedia_test

import (
	"bytes"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// keys are those of one side; the other side has them crosswise.
func keys(transmit, receive byte) rtpmedia.Encryption {
	return rtpmedia.Encryption{
		Protocol:     "srtp-aescm128-hmac80",
		TransmitKey:  bytes.Repeat([]byte{transmit}, rtpmedia.KeySize),
		TransmitSalt: bytes.Repeat([]byte{transmit + 1}, rtpmedia.SaltSize),
		ReceiveKey:   bytes.Repeat([]byte{receive}, rtpmedia.KeySize),
		ReceiveSalt:  bytes.Repeat([]byte{receive + 1}, rtpmedia.SaltSize),
	}
}

func TestEncryptedAudioIsHeardWithTheRightKeysOnly(t *testing.T) {
	for _, c := range []struct {
		name  string
		their rtpmedia.Encryption
		heard bool
	}{
		{"the same keys crosswise", keys(2, 1), true},
		{"another key", keys(2, 3), false},
		{"the keys the wrong way round", keys(1, 2), false},
		{"no keys", rtpmedia.Encryption{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPair(t, netsim.Profile{Delay: time.Millisecond})
				defer p.close()
				said, heard := speech(4*time.Second), &collector{}
				p.a.SetSource(rtpmedia.FromPCM(said))
				p.b.SetSink(heard)
				start := func(s, peer *rtpmedia.Session, e rtpmedia.Encryption) {
					err := s.Start(rtpmedia.Remote{
						RTP: peer.LocalRTP(), Codec: "g711U", Encryption: e,
					})
					if err != nil {
						t.Fatal(err)
					}
				}
				start(p.b, p.a, c.their)
				start(p.a, p.b, keys(1, 2))
				time.Sleep(5 * time.Second)
				got, _ := bestCorrelation(said, heard.heard(), 1600)
				if c.heard != (got > 0.999) || !c.heard && got > 0.2 {
					t.Errorf("correlation %.4f", got)
				}
				if c.heard {
					expectCleanStream(t, p.b.Stats())
				}
			})
		})
	}
}

func TestReportsAreEncryptedUnlessAskedOtherwise(t *testing.T) {
	for _, plain := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			p := newPair(t, netsim.Profile{Delay: time.Millisecond})
			defer p.close()
			for i, s := range []*rtpmedia.Session{p.a, p.b} {
				peer := []*rtpmedia.Session{p.b, p.a}[i]
				e := []rtpmedia.Encryption{keys(1, 2), keys(2, 1)}[i]
				e.PlainRTCP = plain && i == 0 // the other side expects SRTCP
				r := rtpmedia.Remote{RTP: peer.LocalRTP(), Codec: "g711U", Encryption: e}
				if err := s.Start(r); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(30 * time.Second)
			if known := p.b.Stats().RTT != nil; known == plain {
				t.Errorf("plain reports %v: round trip known %v", plain, known)
			}
		})
	}
}

func TestEncryptionThatCannotBeDoneIsRefused(t *testing.T) {
	short := keys(1, 2)
	short.ReceiveKey = short.ReceiveKey[:15]
	s, err := rtpmedia.Open(rtpmedia.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, e := range map[string]rtpmedia.Encryption{
		"aes":              {Protocol: "aes"},
		"another suite":    {Protocol: "srtp-aescm256-hmac80"},
		"a key too short":  short,
		"keys are missing": {Protocol: "srtp-aescm128-hmac80"},
	} {
		err := s.Start(rtpmedia.Remote{
			RTP: netip.MustParseAddrPort("127.0.0.1:9"), Codec: "g711U", Encryption: e,
		})
		if err == nil {
			t.Errorf("%s was taken", name)
			continue
		}
		e, typed := errors.AsType[*rtpmedia.UnsupportedEncryptionError](err)
		if name == "aes" && (!typed || !strings.Contains(e.Error(), "Avaya")) {
			t.Errorf("aes is refused with %v", err)
		}
	}
}

func TestKeysAreReadInEitherForm(t *testing.T) {
	want := []byte("0123456789abcdef")
	for _, text := range []string{
		"30313233343536373839616263646566", "MDEyMzQ1Njc4OWFiY2RlZg==", "MDEyMzQ1Njc4OWFiY2RlZg",
	} {
		if got, err := rtpmedia.ParseKey(text, 16); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %x, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "3031", "not a key!"} {
		if _, err := rtpmedia.ParseKey(text, 16); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
