// Conversations without audio. Each asserts what it has to be told.

import assert from "node:assert/strict";

import { extension, list, member, privately } from "./session.mjs";

const calls = {
  callcontrol: {
    delivered: true, established: true, connectionCleared: true, queued: true, held: true,
    transferred: true, conferenced: true, retrieved: true,
  },
};

export async function login(s, agent, ext, workMode) {
  await s.ask("SetAgentState", {
    device: await s.own(ext), requestedAgentState: "loggedOn", agentID: agent,
    password: Buffer.from("4321").toString("hex"), ...privately("SetAgentState", { workMode }),
  });
}

export async function dial(s, from, to) {
  const made = await s.ask("MakeCall", {
    callingDevice: await s.own(from), calledDirectoryNumber: await s.other(to),
    autoOriginate: "doNotPrompt",
  });
  return made.callingDevice.callID; // of this answer it is a connection
}

async function talking(s, from, to) {
  const call = await dial(s, from, to);
  await s.ask("AnswerCall", { callToBeAnswered: await s.at(call, to) });
  return call;
}

// consult holds a call and talks to somebody else; it gives what joins the two calls.
async function consult(s, call, by, whom) {
  const { initiatedCall } = await s.ask("ConsultationCall", {
    existingCall: await s.at(call, by), consultedDevice: await s.other(whom),
  });
  await s.event("Held", (e) => extension(e.holdingDevice) === by);
  await s.ask("AnswerCall", { callToBeAnswered: await s.at(initiatedCall.callID, whom) });
  return { heldCall: await s.at(call, by), activeCall: await s.at(initiatedCall.callID, by) };
}

// inCall is who has a connection in a call.
async function inCall(s, call, seenFrom) {
  const shot = await s.ask("SnapshotCall", { snapshotObject: await s.at(call, seenFrom) });
  const data = member(shot, "snapshotData");
  return list(data, "snapshotCallResponseInfo").map((p) => extension(p.deviceOnCall)).sort();
}

// A caller chooses in a menu, waits in the queue until an agent comes, and is answered.
export async function queue(s) {
  await s.monitor(await s.other("8002"), calls);
  await s.monitor(await s.own("1007"), calls);
  const caller = await s.outside("/calls", { from: "+15550100123", to: "8002" });
  await s.outside(`/calls/${caller.call}/digits`, { device: caller.device, digits: "1" });
  const queued = await s.event("Queued");
  assert.equal(extension(queued.queue), "5002", JSON.stringify(queued));
  await login(s, "4007", "1007", "autoIn");
  const rings = await s.event("Delivered", (e) => extension(e.alertingDevice) === "1007");
  assert.equal(extension(rings.calledDevice), "8002");
  assert.equal(member(rings, "userEnteredCode").data, "1", JSON.stringify(rings));
  await s.ask("AnswerCall", { callToBeAnswered: await s.at(caller.call, "1007") });
  await s.event("Established", (e) => e.localConnectionInfo === "connected");
  await s.outside(`/calls/${caller.call}/hangup`, { device: caller.device });
  await s.event("ConnectionCleared", (e) => extension(e.releasingDevice) !== "1007");
}

// Who transfers leaves both calls, and the other two have one.
export async function transfer(s) {
  await s.monitor(await s.own("1001"), calls);
  await s.monitor(await s.own("1002"), calls);
  const call = await talking(s, "1002", "1001");
  const done = await s.ask("TransferCall", await consult(s, call, "1001", "1003"));
  const told = await s.event("Transfered", (e) => e.localConnectionInfo === "connected");
  assert.equal(extension(told.transferringDevice), "1001");
  assert.equal(extension(told.transferredToDevice), "1003");
  assert.deepEqual(await inCall(s, done.transferredCall.callID, "1002"), ["1002", "1003"]);
}

// Three are in one call, and one leaves it.
export async function conference(s) {
  for (const ext of ["1001", "1003"]) await s.monitor(await s.own(ext), calls);
  const call = await talking(s, "1002", "1001");
  const done = await s.ask("ConferenceCall", await consult(s, call, "1001", "1003"));
  const told = await s.event("Conferenced");
  const parties = list(told.conferenceConnections, "connectionListItem");
  assert.equal(parties.length, 3, JSON.stringify(told));
  const joint = done.conferenceCall.callID;
  assert.deepEqual(await inCall(s, joint, "1001"), ["1001", "1002", "1003"]);
  await s.ask("ClearConnection", { connectionToBeCleared: await s.at(joint, "1002") });
  await s.event("ConnectionCleared", (e) => extension(e.droppedConnection.deviceID) === "1002");
  assert.deepEqual(await inCall(s, joint, "1001"), ["1001", "1003"]);
}

// Each state that is asked for is the state that is told; one that cannot be is refused.
export async function agent(s) {
  const device = await s.own("1001");
  await s.monitor(await s.other("5001"), {
    logicalDeviceFeature: { agentLoggedOn: true, agentLoggedOff: true },
  });
  await login(s, "4001", "1001", "manualIn");
  assert.equal((await s.event("AgentLoggedOn")).agentID, "4001");
  for (const [wish, state] of [
    ["notReady", "agentNotReady"], ["ready", "agentReady"],
    ["workingAfterCall", "agentWorkingAfterCall"], ["notReady", "agentNotReady"],
  ]) {
    const reasonCode = wish === "notReady" ? { reasonCode: 3 } : {};
    const how = wish === "ready" ? { workMode: "manualIn" } : reasonCode;
    await s.ask("SetAgentState", {
      device, requestedAgentState: wish, ...privately("SetAgentState", how),
    });
    const told = await s.ask("GetAgentState", { device });
    const [entry] = list(told.agentStateList, "agentStateEntry");
    assert.equal(entry.agentID, "4001");
    for (const item of list(entry.agentInfo, "agentInfoItem")) {
      assert.equal(item.agentState, state, JSON.stringify(told));
    }
    if (wish === "notReady") assert.equal(Number(member(told, "reasonCode")), 3);
  }
  await s.ask("SetAgentState", { device, requestedAgentState: "loggedOff" });
  assert.equal((await s.event("AgentLoggedOff")).agentID, "4001");
  await assert.rejects(s.ask("SetAgentState", { device, requestedAgentState: "ready" }));
}

// A vector asks this client where a call is to go, and tells where it went.
export async function route(s) {
  const asksHere = member(await s.ask("RouteRegister", {
    routeingDevice: await s.other("8005"),
  }), "routeRegisterReqID");
  await s.monitor(await s.own("1004"), calls);
  await s.outside("/calls", { from: "+15550100123", to: "8005", uui: "order 17" });
  const asked = await s.event("RouteRequest", (e) => e.routeRegisterReqID === asksHere);
  assert.equal(extension(asked.callingDevice).replace("+", ""), "15550100123");
  await s.ask("RouteSelect", {
    crossRefIdentifier: asked.crossRefIdentifier, routeRegisterReqID: asksHere,
    routeSelected: await s.other("1004"), routeUsedReq: true,
  });
  const used = await s.event("RouteUsed");
  assert.equal(used.crossRefIdentifier, asked.crossRefIdentifier);
  assert.equal(extension(used.routeUsed), "1004");
  await s.event("RouteEnd", (e) => e.crossRefIdentifier === asked.crossRefIdentifier);
  const rings = await s.event("Delivered", (e) => e.localConnectionInfo === "alerting");
  const uui = Buffer.from(String(member(rings.userData, "string")), "hex").toString();
  assert.equal(uui, "order 17", JSON.stringify(rings));
}
