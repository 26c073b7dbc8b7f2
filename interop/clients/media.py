"""Conversations with audio. A station registers with CLIENT media, and what RTP it says and
hears is that of ffmpeg and GStreamer.
"""

import asyncio
import base64
import contextlib
import socket
import struct
import subprocess

import audio
from session import conn, find, own


async def register(c, ext, codec, port, encryption="none"):
    """Takes the audio of a station to port, which the switch shall send to."""
    await c.monitor(own(ext))
    done = await c.must("RegisterTerminalRequest", {
        "device": own(ext),
        "loginInfo": {"forceLogin": True, "sharedControl": False, "password": "123456",
                      "mediaMode": "CLIENT", "dependencyMode": "MAIN"},
        "localMediaInfo": {"rtpAddress": {"address": "127.0.0.1", "port": port},
                           "rtcpAddress": {"address": "127.0.0.1", "port": port + 1},
                           "codecs": [codec], "packetSize": 20, "encryptionList": [encryption]}})
    assert str(find(done, "code")) == "1", done


async def started(c, ext, codec):
    """Where the switch listens for a station whose call has audio now."""
    told = await c.event("MediaStartEvent", deviceID=ext)
    assert find(told, "codec") == codec, told
    return {"rtp": find(told, "rtpAddress"), "rtcp": find(told, "rtcpAddress")}


async def call(c, ext, number):
    made = await c.must("MakeCall", {
        "callingDevice": own(ext), "calledDirectoryNumber": f"{number}:CM1::0",
        "autoOriginate": "doNotPrompt"})
    return find(made, "callID")


async def announcement(c, tool, codec, number, heard):
    """A tool writes down what is announced, until the switch ends the call."""
    port = audio.free_ports()
    await register(c, "1001", codec, port)
    async with audio.recording(tool, codec, port, heard):
        await call(c, "1001", number)
        await started(c, "1001", codec)
        await c.event("MediaStopEvent", deviceID="1001")


async def talk(c, tools, codecs, says, heard):
    """Two stations talk at the same time, each with a tool and a codec of its own."""
    stations = ("1001", "1002")
    async with contextlib.AsyncExitStack() as recordings:
        for ext, tool, codec, file in zip(stations, tools, codecs, heard):
            port = audio.free_ports()
            await register(c, ext, codec, port)
            await recordings.enter_async_context(audio.recording(tool, codec, port, file))
        made = await call(c, *stations)
        await c.must("AnswerCall", {"callToBeAnswered": conn(made, "1002")})
        far = [await started(c, ext, codec) for ext, codec in zip(stations, codecs)]
        await asyncio.gather(*(
            audio.say(tool, codec, file, **to)
            for tool, codec, file, to in zip(tools, codecs, says, far)))
        await c.must("ClearConnection", {"connectionToBeCleared": conn(made, "1001")})


def inline(encryption, direction):
    """A key and its salt as SDP has them; MediaStart has them in hexadecimal digits."""
    both = encryption[f"{direction}Key"] + encryption[f"{direction}Salt"]
    return base64.b64encode(bytes.fromhex(both)).decode()


async def protected(c, codecs, says, heard):
    """Two stations talk by SRTP, with keys of their own in each direction. Nobody can
    listen before MediaStart has told the keys."""
    stations, far, port = ("1001", "1002"), {}, {}
    for ext, codec in zip(stations, codecs):
        port[ext] = audio.free_ports()
        await register(c, ext, codec, port[ext], "srtp-aescm128-hmac80")
    made = await call(c, *stations)
    await c.must("AnswerCall", {"callToBeAnswered": conn(made, "1002")})
    async with contextlib.AsyncExitStack() as recordings:
        for ext, codec, file in zip(stations, codecs, heard):
            told = await c.event("MediaStartEvent", deviceID=ext)
            keys = find(told, "encryption")
            assert keys["protocol"] == "srtp-aescm128-hmac80", told
            far[ext] = {"rtp": find(told, "rtpAddress"), "rtcp": find(told, "rtcpAddress"),
                        "key": inline(keys, "transmit")}
            await recordings.enter_async_context(audio.recording(
                "ffmpeg", codec, port[ext], file, inline(keys, "receive")))
        assert len({to["key"] for to in far.values()}) == 2, "two streams share a key"
        await asyncio.gather(*(
            audio.say("ffmpeg", codec, file, **far[ext])
            for ext, codec, file in zip(stations, codecs, says)))
        await c.must("ClearConnection", {"connectionToBeCleared": conn(made, "1001")})


async def digits(c, codec):
    """A registered station chooses in a menu by digits that GStreamer sends (RFC 4733)."""
    await c.login("4006", "1006")
    await c.monitor(own("1006"))
    await register(c, "1001", codec, audio.free_ports())
    menu = await call(c, "1001", "8002")
    await audio.dial("1", (await started(c, "1001", codec))["rtp"])
    rings = await c.event("DeliveredEvent", localConnectionInfo="alerting")
    assert find(rings, "userEnteredCode")["data"] == "1", rings
    await c.must("AnswerCall", {"callToBeAnswered": conn(menu, "1006")})
    await c.event("EstablishedEvent")


async def echo(c):
    """ffmpeg makes a tone, the echo returns it as it was."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.settimeout(5)
    await register(c, "1001", "g711U", sock.getsockname()[1])
    await call(c, "1001", "7100")
    far = (await started(c, "1001", "g711U"))["rtp"]
    to = (far["address"], int(far["port"]))
    made = subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "sine=700:duration=3",
         "-ar", "8000", "-ac", "1", "-f", "mulaw", "-"], check=True, capture_output=True)
    echo = bytearray()
    begin = asyncio.get_running_loop().time()
    for n in range(len(made.stdout) // 160):
        packet = struct.pack("!BBHII", 0x80, 0, n, n * 160, 7)
        sock.sendto(packet + made.stdout[n * 160:][:160], to)
        late = asyncio.get_running_loop().time() - begin - (n + 1) * 0.02
        await asyncio.sleep(max(0, -late))
    sock.settimeout(0.2)
    try:
        while len(echo) < 2 * len(made.stdout):
            data = sock.recv(2000)
            if data[1] & 0x7F == 0:
                echo += data[12:]
    except socket.timeout:
        pass
    pcm = subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "mulaw", "-ar", "8000", "-i", "-",
         "-f", "s16le", "-"], input=bytes(echo), check=True, capture_output=True).stdout
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    # A busy machine may hold this process up: half a second without that is enough.
    counts = []
    for at in range(2400, len(samples) - 4000, 2000):
        loud = samples[at:at + 4000]
        counts.append(sum(1 for a, b in zip(loud, loud[1:]) if a < 0 <= b))
    assert any(345 <= c <= 355 for c in counts), f"periods in half a second of 700 Hz: {counts}"
