"""A session with a WTI server, as a client sees it that knows the public forum thread and
the names of the DMCC schema. It shares no code with the server it is tried on.
"""

import asyncio
import base64
import json
import urllib.request

import websockets


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
        message = json.loads(await asyncio.wait_for(self.ws.recv(), 15))
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


def basic(user, password):
    """What websockets.connect is to be told to log in."""
    login = base64.b64encode(f"{user}:{password}".encode()).decode()
    # The option has another name from websockets 14 on.
    new = int(websockets.__version__.split(".")[0]) >= 14
    return {"additional_headers" if new else "extra_headers": {"Authorization": f"Basic {login}"}}
