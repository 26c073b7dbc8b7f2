"""A fake AES for WTI clients, written from the public forum thread about WTI alone, with
the names of the DMCC schema where the thread gives none. It shares no code with ours, nor
with the other fake: where the thread leaves a choice, it chooses the other way.

    python3 fake_aes.py [--OPTION=VALUE]...        needs websockets (python3-websockets)

It prints a JSON line when it is ready and one for each fact to compare with what a client
saw. Its state is real: sessions with a timer, monitors, calls, agents, an echo of RTP.
"""

import asyncio
import base64
import contextlib
import http
import itertools
import json
import secrets
import socket
import sys
import types

from websockets.exceptions import ConnectionClosed
from websockets.legacy.server import serve

import fake_rest

o = types.SimpleNamespace(
    monitor="MonitorDevice",  # the one name that a monitor is started by
    payload="start",  # which payloads are strings: start, all, none
    numbers="number",  # or string
    session=180,  # seconds that a session lives without a reset
    sessions="timer",  # a session ends with its timer alone, or with its socket
    cut_messages=0,  # a socket is cut after so many messages, in both directions
    cut_seconds=0.0,  # or after so many seconds (over REST: of the first session)
    cut_request="",  # or when such a request was carried out, before the answer
    silent_seconds=0.0,  # or falls silent: it stays open, nothing is read or answered
    times=10**9,  # so often, then the sockets live
    names="bare",  # events are called Delivered, or DeliveredEvent (suffix)
    devices="bare",  # or {"deviceIdentifier":...} (wrapped)
    traffic=0.0,  # a customer calls station 1002 every so many seconds
    token="socket",  # requests need the token: socket (no), member
    transport="socket",  # how clients come: over a socket, or rest
)
for arg in sys.argv[1:]:
    key, _, given = arg.removeprefix("--").replace("-", "_").partition("=")
    setattr(o, key, type(getattr(o, key))(given))

USER = b"cti:cti-secret"
SWITCH, ECHO = "CM1", "7100"
STATIONS = {"1001", "1002", "1003", "1004", "1005"}

def later(seconds, f, *args):
    return asyncio.get_running_loop().call_later(seconds, f, *args)

def say(**fact):
    print(json.dumps(fact), flush=True)

class Refused(Exception):  # its argument is the payload of the answer
    pass

def refuse(category, value):
    raise Refused({category: value})

def device_id(number):
    return f"{number}:{SWITCH}::0"

def number_of(device):
    if isinstance(device, dict):
        device = device.get("deviceIdentifier")
    return str(device or "").split(":")[0]

def party(number):
    return {"deviceIdentifier": device_id(number)} if o.devices == "wrapped" else device_id(number)

class Call:
    ids = itertools.count(500)
    all = {}

    def __init__(self, caller, called, state):
        self.id, self.states = str(next(Call.ids)), {caller: state}
        self.caller, self.called = caller, called
        Call.all[self.id] = self

    def at(self, number):
        return {"deviceID": device_id(number), "callID": self.id}

    def linkage(self):
        one = {"globallyUniqueCallLinkageID": f"00001{int(self.id):05d}1791428242"}
        return {"globalCallData": {"globalCallLinkageID": one}}

    def tell(self, name, fields, also=()):
        for number in dict.fromkeys([*self.states, *also]):
            own = self.states.get(number, "null")
            self.tell_one(number, name, {**fields, "localConnectionInfo": own})

    def tell_one(self, number, name, fields):
        wire = name if o.names == "bare" else name + "Event"
        for session in list(Session.all.values()):
            for ref, watched in session.monitors.items():
                if watched == number:
                    fields = {**fields, "monitorCrossRefID": ref, "callLinkageData": self.linkage()}
                    peer = session.peer
                    sent = peer is not None and peer.send("event", wire, None, fields)
                    say(fact="event", device=number, name=wire, call=self.id, sent=sent)

    def who(self):
        return {"callingDevice": party(self.caller), "calledDevice": party(self.called)}

    def seen_from(self, number):
        others = [state for n, state in self.states.items() if n != number]
        states = {"localConnectionState": [self.states[number], *others]}
        state = {"localCallState": {"compoundCallState": states}}
        return {"connectionIdentifier": self.at(number), **state}

    def parties(self):
        names = ("deviceOnCall", "callIdentifier", "localConnectionInfo")
        return [dict(zip(names, (party(n), self.at(n), s))) for n, s in self.states.items()]

    def dial(self):
        if self.id in Call.all:
            self.states[self.caller] = "connected"
            origin = {"originatedConnection": self.at(self.caller), "cause": "newCall"}
            self.tell("Originated", {**origin, **self.who()})
            self.ring()
            if self.called == ECHO:
                later(0.2, lambda: self.states.get(ECHO) == "alerting" and self.answer(ECHO))

    def ring(self):
        self.states[self.called] = "alerting"
        rings = {"connection": self.at(self.called), "alertingDevice": party(self.called)}
        self.tell("Delivered", {**rings, **self.who(), "cause": "newCall"})

    def answer(self, number):
        if self.states.get(number) != "alerting":
            refuse("stateIncompatibility", "noCallToAnswer")
        self.states[number] = "connected"
        for station in self.states:
            start_media(self, station)
        now = {"establishedConnection": self.at(number), "answeringDevice": party(number)}
        self.tell("Established", {**now, **self.who(), "cause": "normal"})

    def drop(self, number, cause):
        if self.states.pop(number, None) is None:
            return
        gone = {"droppedConnection": self.at(number), "releasingDevice": party(number)}
        self.tell("ConnectionCleared", {**gone, "cause": cause}, also=[number])
        if number in registered:
            self.tell_one(number, "MediaStop", {"connection": self.at(number)})
        if len(self.states) == 1:
            self.drop(next(iter(self.states)), cause)
        if not self.states:
            Call.all.pop(self.id, None)

SOURCE = secrets.token_bytes(4)
echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
echo.bind(("127.0.0.1", 0))
echo.setblocking(False)

def return_audio():
    """Sends back what was heard, under a source identifier of its own (RFC 3550)."""
    data, peer = echo.recvfrom(2048)
    if len(data) >= 12 and not 192 <= data[1] <= 223:  # what is not RTCP (RFC 5761)
        echo.sendto(data[:8] + SOURCE + data[12:], peer)

registered, agents = set(), {}

def start_media(call, number):
    if number in registered and call.states.get(number) == "connected":
        address = {"address": "127.0.0.1", "port": echo.getsockname()[1]}
        stream = {"rtpAddress": address, "rtcpAddress": address, "codec": "g711U"}
        call.tell_one(number, "MediaStart", {"connection": call.at(number), **stream})

class Session:
    all = {}
    refs = itertools.count(70)

    def __init__(self, peer):
        self.id, self.token = secrets.token_hex(16) + "-3", secrets.token_urlsafe(32)
        self.monitors, self.timer = {}, later(0, int)
        Session.all[self.id] = self
        self.join(peer, "started")

    def join(self, peer, how):
        self.peer, peer.session = peer, self
        self.timer.cancel()
        self.timer = later(o.session, self.expire)
        say(fact="session", session=self.id, how=how)

    def expire(self):
        reason = {"sessionTermReason": {"definedTermReason": "sessionTimerExpired"}}
        if self.peer:
            self.peer.send("event", "ApplicationSessionTerminated", None, reason)
        self.end("expired")

    def end(self, how):
        self.timer.cancel()
        Session.all.pop(self.id, None)
        say(fact="session", session=self.id, how=how)

def bears(token):
    return token in [s.token for s in Session.all.values()]

def known(number, fault="invalidDeviceID"):
    return number if number in {*STATIONS, ECHO} else refuse("operation", fault)

def call_of(connection):
    call = Call.all.get(str((connection or {}).get("callID")))
    if call is None or number_of(connection.get("deviceID")) not in call.states:
        refuse("operation", "invalidConnectionID")
    return call, number_of(connection["deviceID"])

def session_of(p):
    if p.get("sessionID") not in Session.all:
        refuse("errorCode", {"definedError": "invalidSessionID"})
    return Session.all[p["sessionID"]]

class Services:
    """Each takes a payload and the client and returns the payload of the answer."""

    def StartApplicationSession(self, p, peer):
        if not isinstance(p.get("ProtocolVersionList"), list) or not p.get("ApplicationID"):
            refuse("errorCode", {"definedError": "invalidApplicationInfo"})
        start, duration = Session(peer), min(o.session, int(p["SessionDuration"]))
        ids = {"token": start.token, "sessionID": start.id}
        return {"actualSessionDuration": duration, **ids}
    def ResetApplicationSessionTimer(self, p, peer):
        session_of(p).join(peer, "reset")
        return {"actualSessionDuration": o.session}
    def StopApplicationSession(self, p, peer):
        session_of(p).end("stopped")
    def GetDeviceId(self, p, peer):
        number = p.get("extension") if p.get("switchName") == SWITCH else None
        return {"device": device_id(known(number))}
    def start_monitor(self, p, peer):
        number = known(number_of((p.get("monitorObject") or {}).get("deviceObject")))
        peer.session.monitors[ref := str(next(Session.refs))] = number
        return {"monitorCrossRefID": ref, "actualMonitorFilter": {}}
    def MonitorStop(self, p, peer):
        if peer.session.monitors.pop(p.get("monitorCrossRefID"), None) is None:
            refuse("operation", "invalidMonitorCrossRefID")
    def SnapshotDevice(self, p, peer):
        number = known(number_of(p.get("snapshotObject")))
        found = [c.seen_from(number) for c in Call.all.values() if number in c.states]
        data = {"snapshotData": {"snapshotDeviceResponseInfo": found}}
        return {"crossRefIDorSnapshotData": data}
    def SnapshotCall(self, p, peer):
        call, _ = call_of(p.get("snapshotObject"))
        data = {"snapshotData": {"snapshotCallResponseInfo": call.parties()}}
        return {"crossRefIDorSnapshotData": data, "callLinkageData": call.linkage(), **call.who()}
    def MakeCall(self, p, peer):
        caller = known(number_of(p.get("callingDevice")), "invalidCallingDeviceID")
        called = known(number_of(p.get("calledDirectoryNumber")), "invalidCalledDeviceID")
        call = Call(caller, called, "initiated")
        later(0.02, call.dial)
        return {"callingDevice": call.at(caller), "callLinkageData": call.linkage()}
    def AnswerCall(self, p, peer):
        call, number = call_of(p.get("callToBeAnswered"))
        call.answer(number)
    def ClearConnection(self, p, peer):
        call, number = call_of(p.get("connectionToBeCleared"))
        call.drop(number, "normalClearing")
    def RegisterTerminal(self, p, peer):
        number = known(number_of(p.get("device")))
        answer = {"device": party(number), "code": 1}
        if (p.get("loginInfo") or {}).get("password") != "123456":
            return {**answer, "code": 3, "reason": "the security code is wrong"}
        registered.add(number)
        for call in Call.all.values():
            later(0, start_media, call, number)
        return answer
    def UnregisterTerminal(self, p, peer):
        registered.discard(number_of(p.get("device")))
        return {"device": p.get("device"), "code": 1}
    def GetAgentState(self, p, peer):
        agent = agents.get(known(number_of(p.get("device"))))
        if agent is None:
            return {"agentStateList": {"agentStateEntry": []}}
        info = {"agentInfoItem": [{"acdGroup": device_id("5001"), "agentState": agent["state"]}]}
        entry = {"agentID": agent["id"], "loggedOnState": True, "agentInfo": info}
        private = {"GetAgentStateResponsePrivateData": {"workMode": agent["mode"]}}
        return {"agentStateList": {"agentStateEntry": [entry]}, **private}
    def SetAgentState(self, p, peer):
        number, to = known(number_of(p.get("device"))), p.get("requestedAgentState")
        if to == "loggedOn":
            if p.get("password") != b"4321".hex():  # hexBinary in DMCC
                refuse("operation", "invalidAgentPassword")
            agents[number] = {"id": p["agentID"], "state": "agentNotReady", "mode": "auxWork"}
        elif number not in agents:
            refuse("operation", "invalidAgentState")
        elif to == "loggedOff":
            del agents[number]
        else:
            state = ("agentReady", "autoIn") if to == "ready" else ("agentNotReady", "auxWork")
            agents[number].update(zip(("state", "mode"), state))

services = Services()
setattr(services, o.monitor, services.start_monitor)

def spell(value):
    if isinstance(value, dict):
        return {k: spell(v) for k, v in value.items()}
    if isinstance(value, list):
        return [spell(v) for v in value]
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if number and o.numbers == "string" else value

def frame(kind, name, invoke_id, payload):
    header = {"headerType": kind, kind: name, "version": "v2"}
    header |= {} if invoke_id is None else {"invokeId": invoke_id}
    payload = spell(payload)
    if o.payload in ("all", "start" if name == "StartApplicationSession" else "all"):
        payload = json.dumps(payload)
    return json.dumps({"header": spell(header), "payload": payload})

class Peer:  # one socket of a client
    def __init__(self, ws):
        self.ws, self.session, self.dead = ws, None, False
        self.count, self.queue = 0, asyncio.Queue()
        for seconds, how in (o.cut_seconds, "cut"), (o.silent_seconds, "silent"):
            if seconds:
                later(seconds, self.fail, how)

    def send(self, kind, name, invoke_id, payload):
        if self.dead or self.ws.closed:
            return False
        self.queue.put_nowait(frame(kind, name, invoke_id, payload))
        self.counted()
        return True

    def fail(self, how):
        if not self.dead and not self.ws.closed and o.times > 0:
            o.times, self.dead = o.times - 1, True
            say(fact=how)
            fail = {"cut": self.ws.transport.abort, "silent": self.ws.transport.pause_reading}
            fail[how]()

    def counted(self):
        self.count += 1
        if self.count == o.cut_messages:
            later(0.01, self.fail, "cut")

    async def write(self):
        while message := await self.queue.get():
            await self.ws.send(message)

    def receive(self, message):
        self.counted()
        header, p = message.get("header") or {}, message.get("payload") or {}
        name = header.get("request", "")
        if next(iter(message)) != "header" or header.get("headerType") != "request":
            return  # as AES does where the header does not come first
        say(fact="request", name=name)
        start = name == "StartApplicationSession"
        try:
            if not start and o.token == "member" and not bears(header.get("token")):
                raise Refused("401 Unauthorized")
            if not hasattr(services, name):
                raise Refused(f"unknown request {name}")
            if not start and self.session is None and not name.startswith("Reset"):
                raise Refused("no session on this socket")
            payload = getattr(services, name)(p, self) or {}
            if name == o.cut_request:
                self.fail("cut")
        except Refused as refusal:
            payload = refusal.args[0]
        self.send("response", name + ("" if start else "Response"), header["invokeId"], payload)

    def leave(self):
        if self.session and self.session.peer is self:
            self.session.peer = None
            if o.sessions == "socket":
                self.session.end("lost")

async def connected(ws):
    peer = Peer(ws)
    writer = asyncio.ensure_future(peer.write())
    with contextlib.suppress(ConnectionClosed):
        async for text in ws:
            if not peer.dead:
                peer.receive(json.loads(text))
    writer.cancel()
    peer.leave()

async def admit(path, headers):
    scheme, _, value = headers.get("Authorization", "").partition(" ")
    basic = scheme == "Basic" and base64.b64decode(value) == USER
    if path == "/api/wti/session" and (basic or scheme == "Bearer" and bears(value)):
        return None
    return http.HTTPStatus.UNAUTHORIZED, [], b""

class OverREST:  # what fake_rest asks for
    def enter(self, name, authorization):
        scheme, _, value = authorization.partition(" ")
        if name == "StartApplicationSession":
            fits = scheme == "Basic" and base64.b64decode(value) == USER
            return fake_rest.Mailbox(frame) if fits else None
        found = [s.peer for s in Session.all.values() if s.token == value]
        return found[0] if scheme == "Bearer" and found else None

    def carry_out(self, name, payload, mailbox):
        say(fact="request", name=name)
        if name == "StartApplicationSession" and not Session.all:
            self.strike_later()
        if not hasattr(services, name):
            return 404, "no such service"
        try:
            return 200, spell(getattr(services, name)(payload, mailbox) or {})
        except Refused as refusal:
            return 500, refusal.args[0]

    def cut(self, name, mailbox):
        cut = name == o.cut_request and self.strike("cut")
        if cut and o.sessions == "socket":
            mailbox.session.end("lost")
        return cut

    def strike_later(self):
        if o.cut_seconds:
            later(o.cut_seconds, self.strike, "cut", self.server.cut)
        if o.silent_seconds:
            later(o.silent_seconds, self.strike, "silent", self.server.silence)

    def strike(self, how, act=lambda: None):
        if o.times <= 0:
            return False
        o.times -= 1
        say(fact=how)
        act()
        return True

async def serve_rest():
    aes = OverREST()
    aes.server = server = fake_rest.Server(aes)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    say(ready=True, wti=f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/api/fe/v1")
    await asyncio.Future()

def customer():
    later(o.traffic, customer)
    call = Call("+15550100123", "1002", "connected")
    call.ring()
    later(o.traffic / 2, call.drop, call.caller, "callCancelled")

async def main():
    asyncio.get_running_loop().add_reader(echo, return_audio)
    if o.traffic:
        later(o.traffic, customer)
    if o.transport == "rest":
        await serve_rest()
    async with serve(connected, "127.0.0.1", 0, process_request=admit, ping_interval=None) as s:
        port = s.sockets[0].getsockname()[1]
        say(ready=True, wti=f"ws://127.0.0.1:{port}/api/wti/session")
        await asyncio.Future()

asyncio.run(main())
