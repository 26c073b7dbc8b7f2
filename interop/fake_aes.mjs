// A fake AES for WTI clients, written from the public forum thread about WTI alone, with
// the names of the DMCC schema where the thread gives none. It shares no code with ours.
//
//   node fake_aes.mjs [--OPTION=VALUE]...        needs npm's ws (NODE_PATH)
//
// It prints one JSON line when it is ready and one for each fact that a test may want to
// compare with what a client saw. Its state is small and real: sessions with a timer,
// monitors, calls that ring and are answered, agents, an echo that returns RTP.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { createSocket } from "node:dgram";
import { randomBytes } from "node:crypto";
import { Mailbox, serveREST } from "./fake_rest.mjs";

const { WebSocketServer } = createRequire(import.meta.url)("ws"); // finds it by NODE_PATH

const o = {
  monitor: "MonitorStart", // the one name that a monitor is started by
  payload: "start", // which payloads are strings: start, all, none
  numbers: "number", // or string
  session: 180, // seconds that a session lives without a reset
  sessions: "socket", // a session ends with its socket, or with its timer alone
  cutMessages: 0, // a socket is cut after so many messages, in both directions
  cutSeconds: 0, // or after so many seconds (over REST: of the first session)
  cutRequest: "", // or when such a request was carried out, before the answer
  silentSeconds: 0, // or falls silent: it stays open, nothing is read or answered
  times: 1e9, // so often, then the sockets live
  names: "suffix", // events are called DeliveredEvent, or Delivered (bare)
  devices: "wrapped", // {"deviceIdentifier":...}, or bare
  traffic: 0, // a customer calls station 1002 every so many seconds
  token: "socket", // requests need the token: socket (no), member
  transport: "socket", // how clients come: over a socket, or rest
};
for (const arg of process.argv.slice(2)) {
  const [, name, value] = /^--([a-z-]+)=(.*)$/.exec(arg) ?? [];
  const key = name?.replace(/-(.)/g, (_, c) => c.toUpperCase());
  if (!(key in o)) throw new Error(`no such option: ${arg}`);
  o[key] = typeof o[key] === "number" ? Number(value) : value;
}
const say = (fact) => process.stdout.write(JSON.stringify(fact) + "\n");
const later = (seconds, f) => setTimeout(f, seconds * 1000);

// ---- the switch ----------------------------------------------------------------------

const SWITCH = "CM1";
const stations = new Set(["1001", "1002", "1003", "1004", "1005"]);
const ECHO = "7100";
const agents = new Map(); // station -> { id, state, mode, reason }
const registered = new Set(); // stations
const calls = new Map(); // id -> { id, caller, called, parties: Map(number -> state) }
let lastCall = 100;

const deviceId = (number) => `${number}:${SWITCH}:0.0.0.0:0`;
const numberOf = (id) => String(id?.deviceIdentifier ?? id ?? "").split(":")[0];
const extended = (number) =>
  o.devices === "wrapped" ? { deviceIdentifier: deviceId(number) } : deviceId(number);
const connection = (call, number) => ({ callID: String(call.id), deviceID: deviceId(number) });
const whoIn = (call) => ({
  callingDevice: extended(call.caller),
  calledDevice: extended(call.called),
  lastRedirectionDevice: { notSpecified: null },
  cause: "newCall",
});
const one = (list) => (list.length === 1 ? list[0] : list); // as converters of XML do

class Refusal extends Error {}
const refuse = (category, value) => {
  throw new Refusal(value, { cause: category });
};

// tell reports an event to the monitors of every party, those that just left included.
function tell(name, call, fields, also = []) {
  for (const number of new Set([...call.parties.keys(), ...also])) {
    const localConnectionInfo = call.parties.get(number) ?? "null";
    tellOne(number, name, call, { ...fields, localConnectionInfo });
  }
}

function tellOne(number, name, call, fields) {
  for (const session of sessions.values()) {
    for (const [ref, device] of session.monitors) {
      if (device !== number) continue;
      const wire = o.names === "suffix" ? name + "Event" : name;
      const sent = session.socket?.send("event", wire, 9999, { monitorCrossRefID: ref, ...fields });
      say({ fact: "event", device, name: wire, call: String(call.id), sent: Boolean(sent) });
    }
  }
}

function begin(caller, called, state) {
  const call = { id: ++lastCall, caller, called, parties: new Map([[caller, state]]) };
  calls.set(call.id, call);
  return call;
}

function place(from, to) {
  const call = begin(from, to, "initiated");
  const initiated = { initiatedConnection: connection(call, from), cause: "makeCall" };
  tell("ServiceInitiated", call, { ...initiated, initiatingDevice: extended(from) });
  later(0.02, () => {
    if (!calls.has(call.id)) return;
    call.parties.set(from, "connected");
    const originatedConnection = connection(call, from);
    tell("Originated", call, { originatedConnection, ...whoIn(call) });
    ring(call, to);
    if (to === ECHO) later(0.15, () => calls.has(call.id) && answer(call, to));
  });
  return call;
}

function ring(call, to) {
  call.parties.set(to, "alerting");
  const delivered = { connection: connection(call, to), alertingDevice: extended(to) };
  tell("Delivered", call, { ...delivered, ...whoIn(call) });
}

function answer(call, number) {
  if (call.parties.get(number) !== "alerting") refuse("stateIncompatibility", "noCallToAnswer");
  call.parties.set(number, "connected");
  const established = { establishedConnection: connection(call, number), ...whoIn(call) };
  tell("Established", call, { ...established, answeringDevice: extended(number) });
  for (const party of call.parties.keys()) if (registered.has(party)) startMedia(call, party);
}

// drop takes a party out of a call, and then the last one that is left.
function drop(call, number, cause) {
  if (!call.parties.delete(number)) return;
  const droppedConnection = connection(call, number);
  if (registered.has(number)) tellOne(number, "MediaStop", call, { connection: droppedConnection });
  const releasingDevice = extended(number);
  tell("ConnectionCleared", call, { droppedConnection, releasingDevice, cause }, [number]);
  if (call.parties.size === 1) drop(call, [...call.parties.keys()][0], cause);
  if (call.parties.size === 0) calls.delete(call.id);
}

// customer rings at station 1002, waits a little and gives up.
function customer() {
  const call = begin("+15550100123", "1002", "connected");
  ring(call, "1002");
  later(o.traffic / 2, () => drop(call, call.caller, "callCancelled"));
}
if (o.traffic > 0) setInterval(customer, o.traffic * 1000);

// ---- the echo: what is sent there comes back under the echo's own name ----------------

const SSRC = randomBytes(4);
const rtp = createSocket("udp4");
rtp.on("message", (packet, peer) => {
  if (packet.length < 12) return;
  SSRC.copy(packet, 8); // RFC 3550: a source's own identifier
  rtp.send(packet, peer.port, peer.address);
});
await new Promise((ready) => rtp.bind(0, "127.0.0.1", ready));
const rtcp = createSocket("udp4").bind(0, "127.0.0.1"); // reports are taken, none is made

function startMedia(call, number) {
  const rtpAddress = { address: "127.0.0.1", port: rtp.address().port };
  const rtcpAddress = { address: "127.0.0.1", port: rtcp.address().port };
  const stream = { codec: "g711U", packetSize: 20, encryption: { protocol: "none" } };
  const own = connection(call, number);
  tellOne(number, "MediaStart", call, { connection: own, rtpAddress, rtcpAddress, ...stream });
}

// ---- sessions ------------------------------------------------------------------------

const USER = "cti:cti-secret";
const sessions = new Map(); // id -> Session
const NO_SESSION = { errorCode: { definedError: "invalidSessionID" } };
let lastRef = 0;

class Session {
  id = randomBytes(16).toString("hex").toUpperCase() + "-0";
  token = randomBytes(24).toString("base64url");
  monitors = new Map(); // cross reference id -> number
  constructor(socket) {
    this.attach(socket);
    this.reset("started");
    sessions.set(this.id, this);
  }
  attach = (socket) => ([this.socket, socket.session] = [socket, this]);
  reset(how) {
    clearTimeout(this.timer);
    this.timer = later(o.session, () => {
      const sessionTermReason = { definedTermReason: "sessionTimerExpired" };
      const payload = { sessionID: this.id, sessionTermReason };
      this.socket?.send("event", "ApplicationSessionTerminated", 9999, payload);
      this.end("expired");
    });
    say({ fact: "session", session: this.id, how });
  }
  end(how) {
    clearTimeout(this.timer);
    sessions.delete(this.id);
    say({ fact: "session", session: this.id, how });
  }
}

// ---- services: each takes the payload and the socket, and returns the answer's payload -

const known = (number, fault = "invalidDeviceID") =>
  stations.has(number) || number === ECHO ? number : refuse("operation", fault);
const find = (conn) => {
  const call = calls.get(Number(conn?.callID));
  if (!call?.parties.has(numberOf(conn.deviceID))) refuse("operation", "invalidCallID");
  return call;
};
const giveDevice = (p) => {
  if (p.switchName !== SWITCH) refuse("operation", "invalidDeviceID");
  return { device: deviceId(known(String(p.extension))) };
};

const services = {
  StartApplicationSession(p, socket) {
    if (!Array.isArray(p.ProtocolVersionList) || !p.ApplicationID || !p.SessionDuration) {
      return { errorCode: { definedError: "invalidApplicationInfo" } };
    }
    const { id, token } = new Session(socket);
    const actualSessionDuration = Math.min(o.session, Number(p.SessionDuration));
    const actualProtocolVersion = p.ProtocolVersionList[0];
    return { sessionID: id, token, actualSessionDuration, actualProtocolVersion };
  },
  ResetApplicationSessionTimer(p, socket) {
    const session = sessions.get(p.sessionID);
    if (!session) return NO_SESSION;
    session.attach(socket);
    session.reset("reset");
    return { actualSessionDuration: o.session };
  },
  StopApplicationSession(p) {
    sessions.get(p.sessionID)?.end("stopped");
    return {};
  },
  GetDeviceId: giveDevice,
  GetThirdPartyDeviceId: giveDevice,
  [o.monitor](p, socket) {
    const ref = String(++lastRef);
    socket.session.monitors.set(ref, known(numberOf(p.monitorObject?.deviceObject)));
    return { monitorCrossRefID: ref };
  },
  MonitorStop(p, socket) {
    const { monitors } = socket.session;
    if (!monitors.delete(p.monitorCrossRefID)) refuse("operation", "invalidMonitorCrossRefID");
    return {};
  },
  SnapshotDevice(p) {
    const number = known(numberOf(p.snapshotObject));
    const list = [...calls.values()].filter((c) => c.parties.has(number)).map((c) => {
      const others = [...c.parties].filter(([n]) => n !== number).map(([, state]) => state);
      const states = { localConnectionState: one([c.parties.get(number), ...others]) };
      const localCallState = { compoundCallState: states };
      return { connectionIdentifier: connection(c, number), localCallState };
    });
    const snapshotData = list.length ? { snapshotDeviceResponseInfo: one(list) } : {};
    return { crossRefIDorSnapshotData: { snapshotData } };
  },
  SnapshotCall(p) {
    const call = find(p.snapshotObject);
    const list = [...call.parties].map(([number, state]) => ({
      deviceOnCall: extended(number),
      callIdentifier: connection(call, number),
      localConnectionInfo: state,
    }));
    const data = { snapshotCallResponseInfo: one(list) };
    return { crossRefIDorSnapshotData: { snapshotData: data }, ...whoIn(call) };
  },
  MakeCall(p) {
    const from = known(numberOf(p.callingDevice), "invalidCallingDeviceID");
    const to = known(numberOf(p.calledDirectoryNumber), "invalidCalledDeviceID");
    return { callingDevice: connection(place(from, to), from) };
  },
  AnswerCall(p) {
    answer(find(p.callToBeAnswered), numberOf(p.callToBeAnswered.deviceID));
    return {};
  },
  ClearConnection(p) {
    const target = p.connectionToBeCleared;
    drop(find(target), numberOf(target.deviceID), "normalClearing");
    return {};
  },
  RegisterTerminalRequest(p) {
    const number = known(numberOf(p.device));
    if (p.loginInfo?.password !== "123456") {
      return { device: extended(number), code: 2, reason: "wrong password" };
    }
    registered.add(number);
    for (const call of calls.values()) {
      if (call.parties.get(number) === "connected") setImmediate(startMedia, call, number);
    }
    return { device: extended(number), signalingEncryption: "none", code: 1 };
  },
  UnregisterTerminalRequest(p) {
    registered.delete(numberOf(p.device));
    return { device: p.device, code: 1 };
  },
  GetAgentState(p) {
    const agent = agents.get(known(numberOf(p.device)));
    if (!agent) return { agentStateList: null };
    const agentInfo = { agentInfoItem: { acdGroup: deviceId("5001"), agentState: agent.state } };
    const entry = { agentID: agent.id, loggedOnState: true, agentInfo };
    const GetAgentStateResponsePrivateData = { workMode: agent.mode, talkState: "idle" };
    const extensions = { privateData: { private: { GetAgentStateResponsePrivateData } } };
    return { agentStateList: { agentStateEntry: entry }, extensions };
  },
  SetAgentState(p) {
    const number = known(numberOf(p.device));
    const mode = p.extensions?.privateData?.private?.SetAgentStatePrivateData?.workMode;
    if (p.requestedAgentState === "loggedOn") {
      const password = Buffer.from(p.password ?? "", "hex").toString(); // hexBinary in DMCC
      if (password !== "4321") refuse("operation", "invalidAgentPassword");
      agents.set(number, { id: p.agentID, state: "agentNotReady", mode: mode ?? "auxWork" });
      return {};
    }
    if (!agents.has(number)) refuse("operation", "invalidAgentState");
    if (p.requestedAgentState === "loggedOff") agents.delete(number);
    const to = { ready: "agentReady", notReady: "agentNotReady" }[p.requestedAgentState];
    if (to) Object.assign(agents.get(number), { state: to, mode: mode ?? "auxWork" });
    return {};
  },
};

// ---- the socket ----------------------------------------------------------------------

const spell = (value) => {
  if (typeof value === "number" && o.numbers === "string") return String(value);
  if (Array.isArray(value)) return value.map(spell);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, spell(v)]));
};

function frame(kind, name, invokeId, payload) {
  const header = spell({ invokeId, [kind]: name, headerType: kind, version: "v2" });
  const which = name === "StartApplicationSession" ? "start" : "all";
  const text = o.payload === "all" || o.payload === which;
  payload = text ? JSON.stringify(spell(payload)) : spell(payload);
  return JSON.stringify({ header, payload });
}

class Socket {
  count = 0; // messages in both directions
  constructor(ws) {
    this.ws = ws;
    ws.on("error", () => {}); // the peer is gone
    ws.on("message", (data) => this.receive(data.toString()));
    ws.on("close", () => {
      if (o.sessions === "socket") this.session?.end("lost");
      if (this.session?.socket === this) this.session.socket = null;
    });
    if (o.cutSeconds) later(o.cutSeconds, () => this.fail("cut", () => ws.terminate()));
    if (o.silentSeconds) later(o.silentSeconds, () => this.fail("silent", () => ws.pause()));
  }
  fail(how, act) {
    if (this.dead || this.ws.readyState !== 1 || o.times-- <= 0) return;
    this.dead = true;
    say({ fact: how });
    act();
  }
  counted() {
    if (++this.count === o.cutMessages) this.fail("cut", () => this.ws.terminate());
  }
  send(kind, name, invokeId, payload) {
    if (this.dead || this.ws.readyState !== 1) return false;
    this.ws.send(frame(kind, name, invokeId, payload));
    this.counted();
    return true;
  }
  receive(text) {
    if (this.dead) return;
    this.counted();
    const { header, payload = {} } = JSON.parse(text);
    if (!/^\s*\{\s*"header"/.test(text) || header.headerType !== "request") return; // as AES does
    const { request: name, invokeId } = header;
    say({ fact: "request", name });
    try {
      const start = name === "StartApplicationSession";
      const fresh = start || name === "ResetApplicationSessionTimer";
      if (!fresh && !sessions.has(this.session?.id)) refuse("security", "noSession");
      if (o.token === "member" && !start && !bears(header.token)) refuse("security", "no token");
      if (!services[name]) refuse("operation", "serviceNotSupported");
      const reply = services[name](payload, this);
      if (name === o.cutRequest) this.fail("cut", () => this.ws.terminate());
      this.send("response", name, invokeId, reply);
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      this.send("error", name, invokeId, { CSTAErrorCode: { [e.cause]: e.message } });
    }
  }
}

const bears = (token) => [...sessions.values()].some((s) => s.token === token);
const allowed = (authorization = "") => {
  const [scheme, value] = authorization.split(" ");
  if (scheme === "Basic") return Buffer.from(value, "base64").toString() === USER;
  return scheme === "Bearer" && bears(value);
};
const http = createServer();
if (o.transport === "rest") {
  const strike = (how, act) => o.times-- > 0 && (say({ fact: how }), act());
  const lines = serveREST(http, {
    enter(name, authorization) {
      if (!allowed(authorization)) return null;
      const [scheme, value] = authorization.split(" ");
      const start = name === "StartApplicationSession";
      if (start !== (scheme === "Basic")) return null;
      return start ? new Mailbox(frame) : [...sessions.values()].find((s) => s.token === value).socket;
    },
    carryOut(name, payload, mailbox) {
      say({ fact: "request", name });
      if (name === "StartApplicationSession" && sessions.size === 0) strikeLater();
      try {
        if (!services[name]) return { status: 404, reply: `no service ${name}` };
        return { status: 200, reply: spell(services[name](payload, mailbox)) };
      } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        return { status: 400, reply: { CSTAErrorCode: { [e.cause]: e.message } } };
      }
    },
    cut: (name, { session }) =>
      name === o.cutRequest &&
      strike("cut", () => (o.sessions === "timer" || session.end("lost"), true)),
  });
  const strikeLater = () => {
    if (o.cutSeconds) later(o.cutSeconds, () => strike("cut", lines.cut));
    if (o.silentSeconds) later(o.silentSeconds, () => strike("silent", lines.silence));
  };
} else {
  http.on("request", (_, answer) => answer.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on("upgrade", (request, raw, head) => {
    raw.on("error", () => {}); // the peer is gone
    const ok = request.url === "/api/wti/session" && allowed(request.headers.authorization);
    if (!ok) return raw.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
    sockets.handleUpgrade(request, raw, head, (ws) => new Socket(ws));
  });
}
http.listen(0, "127.0.0.1", () => {
  const at = `127.0.0.1:${http.address().port}`;
  const rest = o.transport === "rest";
  say({ ready: true, wti: rest ? `http://${at}/api/fe/v1` : `ws://${at}/api/wti/session` });
});
