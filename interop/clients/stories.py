"""Conversations without audio. Each is one function, and asserts what it has to be told."""

import asyncio
import json

from session import conn, find, own, private

OWN = own("1001")


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
