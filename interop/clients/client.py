"""A WTI client that knows the public forum thread and the names of the DMCC schema, and
shares no code with the server it is tried on.

    python3 client.py STORY WTI-URL ADMIN-URL        needs websockets (python3-websockets)

It plays one story and ends with 0 if every step was answered as it has to be.
"""

import asyncio
import base64
import json
import socket
import struct
import subprocess
import sys
import urllib.request

import websockets

OWN = "1001:CM1:0.0.0.0:0"


def own(ext):
    return f"{ext}:CM1:0.0.0.0:0"


def find(value, name):
    """Looks for a member at any depth, since sources disagree about nesting."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            found = find(inner, name)
            if found is not None:
                return found
    return None


class Client:
    def __init__(self, ws, admin):
        self.ws, self.admin, self.last, self.events = ws, admin, 0, []

    async def next(self):
        message = json.loads(await asyncio.wait_for(self.ws.recv(), 8))
        if isinstance(message.get("payload"), str):
            message["payload"] = json.loads(message["payload"])
        return message["header"], message.get("payload") or {}

    async def ask(self, service, payload):
        self.last += 1
        await self.ws.send(json.dumps({
            "header": {"invokeId": self.last, "request": service, "headerType": "request",
                       "version": "v2"},
            "payload": payload,
        }))
        while True:
            header, body = await self.next()
            if header["headerType"] == "event":
                self.events.append((header["event"], body))
            elif int(header["invokeId"]) == self.last:
                return header, body

    async def must(self, service, payload):
        header, body = await self.ask(service, payload)
        assert header["headerType"] == "response" and find(body, "CSTAErrorCode") is None, (
            f"{service}: {header} {body}")
        return body

    async def event(self, name, **members):
        """Waits for an event whose members begin with what is given."""
        seen = []
        while True:
            for i, (got, body) in enumerate(self.events):
                fits = all(str(find(body, k)).startswith(v) for k, v in members.items())
                if got == name and fits:
                    del self.events[: i + 1]
                    return body
            seen += [got for got, _ in self.events]
            self.events = []
            try:
                header, body = await self.next()
            except asyncio.TimeoutError:
                raise AssertionError(f"no {name} {members}, only {seen}") from None
            if header["headerType"] == "event":
                self.events.append((header["event"], body))

    async def monitor(self, device):
        return await self.must("MonitorStart", {"monitorObject": {"deviceObject": device}})

    async def login(self, agent, ext):
        await self.must("SetAgentState", {
            "device": own(ext), "requestedAgentState": "loggedOn", "agentID": agent,
            "password": b"4321".hex(), **private("SetAgentState", workMode="autoIn"),
        })

    async def answered(self, caller, ext):
        """Makes a call and answers it; returns the call's id."""
        made = await self.must("MakeCall", {
            "callingDevice": own(caller), "calledDirectoryNumber": f"{ext}:CM1::0",
            "autoOriginate": "doNotPrompt"})
        call = find(made, "callID")
        await self.must("AnswerCall", {"callToBeAnswered": conn(call, ext)})
        return call

    async def consults(self, call, by, to):
        made = await self.must("ConsultationCall", {
            "existingCall": conn(call, by), "consultedDevice": f"{to}:CM1::0"})
        second = find(made, "callID")
        await self.must("AnswerCall", {"callToBeAnswered": conn(second, to)})
        return {"heldCall": conn(call, by), "activeCall": conn(second, by)}

    def outside(self, path, **body):
        request = urllib.request.Request(
            self.admin + path, json.dumps(body).encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.loads(answer.read() or b"{}")


def conn(call, ext):
    return {"callID": call, "deviceID": own(ext)}


def private(service, **members):
    return {"extensions": {"privateData": {"private": {f"{service}PrivateData": members}}}}


async def queue(c):
    """A caller dials 1 in a menu and is brought to the agent who has the skill."""
    await c.login("4006", "1006")
    await c.monitor("8002:CM1::0")
    await c.monitor(own("1006"))
    caller = c.outside("/calls", **{"from": "+15550100123", "to": "8002"})
    call = caller["call"]
    await c.event("DeliveredEvent")
    await asyncio.sleep(1)  # the caller hears what there is to choose
    c.outside(f"/calls/{call}/digits", device=caller["device"], digits="1")
    rings = await c.event("DeliveredEvent")
    assert find(rings, "userEnteredCode")["data"] == "1", rings
    await c.must("AnswerCall", {"callToBeAnswered": conn(str(call), "1006")})
    await c.event("EstablishedEvent")
    c.outside(f"/calls/{call}/hangup", device=caller["device"])
    await c.event("ConnectionClearedEvent")


async def transfer(c):
    """Who transfers leaves both calls; the others have one."""
    await c.monitor(own("1002"))
    call = await c.answered("1002", "1001")
    done = await c.must("TransferCall", await c.consults(call, "1001", "1003"))
    ev = await c.event("TransferedEvent")
    assert find(ev, "localConnectionInfo") == "connected", ev
    text = json.dumps(ev)
    assert "1003" in text and find(done, "callID"), done


async def conference(c):
    """Three are in one call, and one leaves it."""
    await c.monitor(own("1003"))
    call = await c.answered("1002", "1001")
    done = await c.must("ConferenceCall", await c.consults(call, "1001", "1003"))
    await c.event("ConferencedEvent")
    merged = find(done, "callID")
    await c.must("ClearConnection", {"connectionToBeCleared": conn(merged, "1002")})
    await c.event("ConnectionClearedEvent", deviceID="1002")
    snap = await c.must("SnapshotCall", {"snapshotObject": conn(merged, "1001")})
    text = json.dumps(find(snap, "snapshotCallResponseInfo"))
    assert "1001:" in text and "1003:" in text and "1002:" not in text, snap


async def agent(c):
    """Each state that is asked for is the state that is told."""
    await c.monitor("5001:CM1::0")
    await c.login("4001", "1001")
    await c.event("AgentLoggedOnEvent", agentID="4001")
    for wish in ("notReady", "ready", "workingAfterCall"):
        await c.must("SetAgentState", {"device": OWN, "requestedAgentState": wish})
        told = await c.must("GetAgentState", {"device": OWN})
        state = find(told, "agentState")
        assert state.lower().endswith(wish.lower()), (wish, told)
    await c.must("SetAgentState", {"device": OWN, "requestedAgentState": "loggedOff"})
    await c.event("AgentLoggedOffEvent", agentID="4001")
    header, body = await c.ask("SetAgentState", {"device": OWN, "requestedAgentState": "ready"})
    assert header["headerType"] != "response" or "rror" in json.dumps(body), (header, body)


async def route(c):
    """A vector asks this client where a call is to go. The lab has the VDN 8005 for it."""
    registered = await c.must("RouteRegister", {"routeingDevice": "8005:CM1::0"})
    await c.monitor(own("1004"))
    c.outside("/calls", **{"from": "+15550100123", "to": "8005"})
    asked = await c.event("RouteRequest")
    await c.must("RouteSelect", {
        "crossRefIdentifier": find(asked, "crossRefIdentifier"),
        "routeRegisterReqID": find(registered, "routeRegisterReqID"),
        "routeSelected": "1004"})
    await c.event("DeliveredEvent", localConnectionInfo="alerting")


async def media(c):
    """ffmpeg makes a tone, the echo returns it as it was."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.settimeout(5)
    port = sock.getsockname()[1]
    await c.monitor(OWN)
    done = await c.must("RegisterTerminalRequest", {
        "device": OWN,
        "loginInfo": {"forceLogin": True, "sharedControl": False, "password": "123456",
                      "mediaMode": "CLIENT", "dependencyMode": "MAIN"},
        "localMediaInfo": {"rtpAddress": {"address": "127.0.0.1", "port": port},
                           "rtcpAddress": {"address": "127.0.0.1", "port": port + 1},
                           "codecs": ["g711U"], "packetSize": 20, "encryptionList": ["none"]}})
    assert str(find(done, "code")) == "1", done
    await c.must("MakeCall", {"callingDevice": OWN, "calledDirectoryNumber": "7100:CM1::0",
                              "autoOriginate": "doNotPrompt"})
    far = find(await c.event("MediaStartEvent"), "rtpAddress")
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


async def main(story, url, admin):
    basic = {"Authorization": "Basic " + base64.b64encode(b"cti:cti-secret").decode()}
    # The option has another name from websockets 14 on.
    new = int(websockets.__version__.split(".")[0]) >= 14
    headers = {"additional_headers" if new else "extra_headers": basic}
    async with websockets.connect(url, close_timeout=1, **headers) as ws:
        c = Client(ws, admin)
        started = await c.must("StartApplicationSession", {
            "SessionDuration": "180", "ProtocolVersionList": ["10.2.0", "10.1.0"],
            "ApplicationID": story})
        assert find(started, "token"), started
        await globals()[story](c)
        await c.must("StopApplicationSession", {"sessionID": find(started, "sessionID")})


asyncio.run(main(*sys.argv[1:4]))
