// REST for fake_aes.mjs: a POST for each service, Basic to start a session and its token as
// Bearer afterwards; events are posted to the targetUrl that a client names, one after the
// other. It is written from the public forum thread about WTI, like the rest.

import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";

const PATH = "/api/fe/v1/";

// Mailbox stands for the socket of a session.
export class Mailbox {
  target = "";
  line = Promise.resolve(); // each event waits for the one before it
  constructor(frame) {
    this.frame = frame;
  }
  send(...event) {
    if (!this.target) return false;
    const [target, body] = [this.target, this.frame(...event)];
    this.line = this.line.then(() => post(target, body));
    return true;
  }
}

// post delivers an event. Whoever has gone does not get it.
const post = (target, body) =>
  new Promise((done) => {
    const headers = { "content-type": "application/json" };
    const out = httpRequest(target, { method: "POST", headers, timeout: 5000 }, (answer) => {
      answer.resume();
      answer.on("close", done);
    });
    out.on("timeout", () => out.destroy());
    out.on("error", done);
    out.end(body);
  });

// serveREST answers requests on a server. aes.carryOut does what is asked for, and throws
// what refuses it; aes.enter finds the mailbox of an Authorization; aes.cut says whether the
// answer gets lost.
export function serveREST(http, aes) {
  const lines = new Set(); // connections
  http.on("connection", (line) => {
    lines.add(line);
    line.on("close", () => lines.delete(line));
  });
  http.on("request", async (request, answer) => {
    const { method, url, headers, socket: line } = request;
    if (method !== "POST" || !url.startsWith(PATH)) return answer.writeHead(404).end();
    const name = url.slice(PATH.length);
    const body = await text(request).catch(() => null);
    if (body === null || line.silent) return; // gone, or half open
    const mailbox = aes.enter(name, headers.authorization ?? "");
    if (!mailbox) return answer.writeHead(401).end();
    const payload = JSON.parse(body || "{}");
    if (payload.targetUrl) mailbox.target = payload.targetUrl;
    const { status, reply } = aes.carryOut(name, payload, mailbox);
    if (aes.cut(name, mailbox)) return line.destroy();
    answer.writeHead(status, { "content-type": "application/json" });
    answer.end(JSON.stringify(reply));
  });
  return {
    cut: () => lines.forEach((line) => line.destroy()),
    silence: () => lines.forEach((line) => (line.silent = true)),
  };
}
