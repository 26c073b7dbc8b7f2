package media

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"testing"
)

// answerCalls is a telephone that takes every call of sipp's and lets the audio go to one
// port, where nobody decodes it. It returns the address for SIP.
func answerCalls(b *testing.B, audio netip.AddrPort) string {
	b.Helper()
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetReadBuffer(1 << 20)
	sdp := fmt.Sprintf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\n"+
		"t=0 0\r\nm=audio %d RTP/AVP 0\r\n", audio.Port())
	go func() {
		buf := make([]byte, 4096)
		for {
			n, from, err := conn.ReadFromUDPAddrPort(buf)
			if err != nil {
				return
			}
			if reply := reply(buf[:n], conn.LocalAddr().String(), sdp); reply != nil {
				_, _ = conn.WriteToUDPAddrPort(reply, from)
			}
		}
	}()
	return conn.LocalAddr().String()
}

// reply is a 200 to an INVITE or a BYE (RFC 3261 §8.2.6); nil to anything else.
func reply(request []byte, contact, sdp string) []byte {
	invite := bytes.HasPrefix(request, []byte("INVITE "))
	if !invite && !bytes.HasPrefix(request, []byte("BYE ")) {
		return nil
	}
	b := []byte("SIP/2.0 200 OK\r\n")
	for _, name := range []string{"Via", "From", "To", "Call-ID", "CSeq"} {
		_, rest, ok := bytes.Cut(request, []byte("\n"+name+": "))
		line, _, _ := bytes.Cut(rest, []byte("\r\n"))
		if !ok {
			return nil
		}
		b = fmt.Appendf(b, "%s: %s", name, line)
		if name == "To" && !bytes.Contains(line, []byte(";tag=")) {
			b = append(b, ";tag=sink"...)
		}
		b = append(b, "\r\n"...)
	}
	if !invite {
		return append(b, "Content-Length: 0\r\n\r\n"...)
	}
	return fmt.Appendf(b, "Contact: <sip:sink@%s>\r\nContent-Type: application/sdp\r\n"+
		"Content-Length: %d\r\n\r\n%s", contact, len(sdp), sdp)
}
