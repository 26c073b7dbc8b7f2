// A session with a WTI server over npm's ws. It knows what the public forum thread shows and
// what the schema of DMCC names, takes every spelling that these leave open, and shares no
// code with the server that it is tried on.

import { createRequire } from "node:module";
import assert from "node:assert/strict";

const WebSocket = createRequire(import.meta.url)("ws"); // finds it by NODE_PATH

const patience = 15_000; // ms until an answer or an event is missed

// member finds a name at any depth, in any case, the nearest first.
export function member(value, name) {
  for (let level = [value]; level.length > 0; ) {
    const below = [];
    for (const v of level) {
      if (v === null || typeof v !== "object") continue;
      for (const [key, inner] of Object.entries(v)) {
        if (key.toLowerCase() === name.toLowerCase()) return inner;
        below.push(inner);
      }
    }
    level = below;
  }
  return undefined;
}

// list is what a list of the schema became in JSON: a list, one element, or a wrapper of one.
export function list(value, item) {
  const inner = value && !Array.isArray(value) && item in value ? value[item] : value;
  return inner === undefined || inner === null ? [] : [inner].flat();
}

// extension is the number of a device, however its id is wrapped.
export function extension(device) {
  if (device === null || typeof device !== "object") return String(device ?? "").split(":")[0];
  return extension(Object.values(device)[0]);
}

const hidden = (service, members) => ({
  extensions: { privateData: { private: { [`${service}PrivateData`]: members } } },
});
export { hidden as privately };

export class Session {
  #socket;
  #invoked = 0;
  #asked = new Map(); // invokeId -> who waits for the answer
  #events = [];
  #waiting = []; // who wait for an event
  #devices = new Map();

  static async open(url, { user, password, application, admin }) {
    const s = new Session();
    s.admin = admin;
    s.#socket = new WebSocket(url, { auth: `${user}:${password}` });
    s.#socket.on("message", (data) => s.#take(String(data)));
    s.#socket.on("close", (code) => s.#fail(new Error(`the socket was closed: ${code}`)));
    await new Promise((opened, failed) => {
      s.#socket.once("open", opened).once("error", failed);
    });
    const started = await s.ask("StartApplicationSession", {
      SessionDuration: "60", ProtocolVersionList: ["10.2.0"], ApplicationID: application,
    });
    assert.ok(member(started, "token"), JSON.stringify(started));
    s.id = member(started, "sessionID");
    const reset = await s.ask("ResetApplicationSessionTimer", {
      sessionID: s.id, requestedSessionDuration: 60,
    });
    assert.equal(Number(member(reset, "actualSessionDuration")), 60);
    return s;
  }

  async close() {
    await this.ask("StopApplicationSession", {
      sessionID: this.id, sessionEndReason: { definedEndReason: "normal" },
    });
    this.#socket.close();
  }

  // ask sends a request and gives the payload of its answer; a refusal is an Error.
  async ask(service, payload) {
    const { header, body } = await this.#request(service, payload);
    const refused = member(body, "CSTAErrorCode") ?? member(body, "errorCode");
    if (header.headerType !== "response" || refused !== undefined) {
      throw new Error(`${service}: ${JSON.stringify(refused ?? body)}`);
    }
    const plain = (name) => name.replace(/(Request|(Pos|Neg)?Response)$/, "");
    assert.equal(plain(header.response), plain(service));
    return body;
  }

  #request(service, payload) {
    const invokeId = (this.#invoked = (this.#invoked % 9998) + 1);
    const header = { headerType: "request", request: service, invokeId, version: "v2" };
    this.#socket.send(JSON.stringify({ header, payload })); // the header has to be first
    return limited(new Promise((done, failed) => {
      this.#asked.set(invokeId, { done, failed });
    }), `${service} was not answered`);
  }

  #take(text) {
    const { header, payload } = JSON.parse(text);
    const body = typeof payload === "string" ? JSON.parse(payload || "{}") : payload ?? {};
    if (header.headerType !== "event") {
      const asked = this.#asked.get(Number(header.invokeId));
      this.#asked.delete(Number(header.invokeId));
      return asked?.done({ header, body });
    }
    const event = { name: header.event.replace(/Event$/, ""), body };
    const i = this.#waiting.findIndex((w) => w.fits(event));
    if (i < 0) this.#events.push(event);
    else this.#waiting.splice(i, 1)[0].done(event.body);
  }

  #fail(error) {
    for (const { failed } of [...this.#asked.values(), ...this.#waiting]) failed(error);
  }

  // event gives the payload of the first event of that name that fits, past or to come. No
  // event is given twice.
  event(name, fits = () => true) {
    const wanted = (e) => e.name === name && fits(e.body);
    const i = this.#events.findIndex(wanted);
    if (i >= 0) return Promise.resolve(this.#events.splice(i, 1)[0].body);
    return limited(new Promise((done, failed) => {
      this.#waiting.push({ fits: wanted, done, failed });
    }), `no ${name}`).catch((error) => {
      const others = this.#events.map((e) => e.name);
      throw new Error(`${error.message}; there were ${others}`);
    });
  }

  // own is the id of a station that this session controls, other that of any other number.
  own(ext) { return this.#device("GetDeviceId", ext, { controllableByOtherSessions: true }); }
  other(ext) { return this.#device("GetThirdPartyDeviceId", ext, {}); }

  async #device(service, ext, more) {
    const key = service + ext;
    if (!this.#devices.has(key)) {
      const told = await this.ask(service, { switchName: "CM1", extension: ext, ...more });
      this.#devices.set(key, member(told, "device"));
    }
    return this.#devices.get(key);
  }

  async at(call, ext) { return { callID: String(call), deviceID: await this.own(ext) }; }

  // monitor asks for groups of events of a device; none is all of them.
  async monitor(device, filter) {
    const request = { monitorObject: { deviceObject: device }, monitorType: "device" };
    if (filter) {
      request.requestedMonitorFilter = filter;
      request.extensions = { privateData: { private: { AvayaEvents: { invertFilter: true } } } };
    }
    return member(await this.ask("MonitorStart", request), "monitorCrossRefID");
  }

  // outside lets people who are no client of this server do something.
  async outside(path, body) {
    const answer = await fetch(this.admin + path, {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  }
}

function limited(promise, complaint) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(complaint)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
