"""What ffmpeg and GStreamer are told so that they hear and say RTP, and how a client that
has a switch at its other end starts and stops them.

A station that registers with CLIENT media has two ports of its own; the switch sends there,
and tells in MediaStartEvent where it listens itself. The tools do all of RTP: this file only
knows the ports.
"""

import asyncio
import contextlib
import random
import signal
import socket

# What a codec of DMCC is called by others: payload type and encoding name of RFC 3551,
# then GStreamer's elements and ffmpeg's encoder.
CODECS = {
    "g711U": (0, "PCMU", "mulaw", "pcm_mulaw"),
    "g711A": (8, "PCMA", "alaw", "pcm_alaw"),
}


# The suite of SRTP in SDP (RFC 4568, 6.2), which DMCC calls srtp-aescm128-hmac80.
SUITE = "AES_CM_128_HMAC_SHA1_80"


def free_ports():
    """An even port for RTP whose neighbour is free for RTCP (RFC 3550, 11)."""
    while True:
        port = random.randrange(20000, 32000, 2)
        try:
            for p in (port, port + 1):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                    s.bind(("127.0.0.1", p))
        except OSError:
            continue
        return port


def hears(tool, codec, port, file, key=None):
    """The command that writes what comes to port, and what it prints once it listens.

    A key of SRTP is 16 octets and the salt's 14 behind them, in base64 (RFC 4568, 6.1);
    only ffmpeg is given one.
    """
    number, name, law, _ = CODECS[codec]
    if tool == "gst":
        caps = ("application/x-rtp,media=audio,clock-rate=8000,"
                f"encoding-name={name},payload={number}")
        return ["gst-launch-1.0", "-e", "udpsrc", "address=127.0.0.1", f"port={port}",
                f"caps={caps}", "!", f"rtp{name.lower()}depay", "!", f"{law}dec", "!",
                "wavenc", "!", "filesink", f"location={file}"], b"PREROLL"
    sdp = f"{file}.sdp"
    with open(sdp, "w", encoding="ascii") as out:
        out.write("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                  + (f"m=audio {port} RTP/SAVP {number}\r\n"
                     f"a=crypto:1 {SUITE} inline:{key}\r\n" if key else
                     f"m=audio {port} RTP/AVP {number}\r\n"))
    return ["ffmpeg", "-v", "debug", "-nostdin", "-y",
            "-protocol_whitelist", "file,udp,rtp,srtp",
            "-analyzeduration", "0", "-probesize", "32", "-i", sdp, file
            ], b"end receive buffer size"


def says(tool, codec, file, rtp, rtcp, key=None):
    """The command that says a file at its own pace, in packets of 20 ms."""
    _, name, law, encoder = CODECS[codec]
    if tool == "gst":
        return ["gst-launch-1.0", "-q", "filesrc", f"location={file}", "!", "wavparse", "!",
                f"{law}enc", "!", f"rtp{name.lower()}pay", "min-ptime=20000000",
                "max-ptime=20000000", "!", "udpsink", f"host={rtp['address']}",
                f"port={rtp['port']}", "sync=true"]
    # arealtime paces frames; -re would pace what the file is read in, a quarter of a second.
    protected = ["-srtp_out_suite", SUITE, "-srtp_out_params", key] if key else []
    return ["ffmpeg", "-v", "error", "-nostdin", "-i", file,
            "-af", "asetnsamples=n=160,arealtime", "-c:a", encoder, "-f", "rtp", *protected,
            f"{'srtp' if key else 'rtp'}://{rtp['address']}:{rtp['port']}"
            f"?pkt_size=172&rtcpport={rtcp['port']}"]


@contextlib.asynccontextmanager
async def recording(tool, codec, port, file, key=None):
    """Lets a tool write what comes to port. At the end it finishes its file."""
    command, ready = hears(tool, codec, port, file, key)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    try:
        printed = b""
        while ready not in printed:
            line = await asyncio.wait_for(process.stdout.readline(), 20)
            assert line, f"{command} ended: {printed.decode()}"
            printed += line
        rest = asyncio.ensure_future(process.stdout.read())  # a full pipe would stop it
        yield
        # The switch says goodbye (RTCP BYE) when a call ends, and ffmpeg ends with it.
        ended = process.returncode is not None
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(asyncio.gather(rest, process.wait()), 20)
        assert not ended or process.returncode == 0, f"{command}: {rest.result().decode()}"
    finally:
        if process.returncode is None:
            process.kill()


async def say(tool, codec, file, rtp, rtcp, key=None):
    """Says a file to its end."""
    command = says(tool, codec, file, rtp, rtcp, key)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE)
    _, complaints = await process.communicate()
    assert process.returncode == 0, f"{command}: {complaints.decode()}"


async def dial(digits, rtp, tone=0.16, pause=0.1):
    """Lets GStreamer dial digits by RFC 4733."""
    import gi
    gi.require_version("Gst", "1.0")
    from gi.repository import Gst
    Gst.init(None)
    pipe = Gst.parse_launch(
        f"rtpdtmfsrc pt=101 ! udpsink host={rtp['address']} port={rtp['port']} async=false")
    pipe.set_state(Gst.State.PLAYING)
    try:
        await asyncio.sleep(0.5)  # the switch hears nobody else for a while
        for digit in digits:
            number = "0123456789*#ABCD".index(digit)
            for down in (True, False):
                text = ("dtmf-event,type=(int)1,method=(int)1,volume=(int)10,"
                        f"number=(int){number},start=(boolean){str(down).lower()}")
                key, _ = Gst.Structure.from_string(text)
                pipe.send_event(Gst.Event.new_custom(Gst.EventType.CUSTOM_UPSTREAM, key))
                await asyncio.sleep(tone if down else pause)
        await asyncio.sleep(0.5)  # the end is sent three times
    finally:
        pipe.set_state(Gst.State.NULL)
