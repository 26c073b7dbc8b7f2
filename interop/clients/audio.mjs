// GStreamer and ffmpeg as the mouth and ear of a station, and RTP made by hand where neither
// can do what is wanted.

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

// How others call the codecs of DMCC (payload types and names: RFC 3551).
const codecs = {
  g711U: { type: 0, name: "PCMU", law: "mulaw" },
  g711A: { type: 8, name: "PCMA", law: "alaw" },
};

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

function run(command) {
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.on("close", () => running.delete(child));
  child.printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      child.printed = (child.printed + data).slice(-100_000);
      child.emit("printed");
    });
  }
  return child;
}

// bound is a socket of this process at a port; 0 is any.
export async function bound(port = 0) {
  const socket = createSocket("udp4");
  socket.bind(port, "127.0.0.1");
  await once(socket, "listening"); // throws what the socket says
  return socket;
}

// freePort is even, and the one above is free as well (RFC 3550 §11).
export async function freePort() {
  for (;;) {
    const port = 32000 + 2 * Math.floor(Math.random() * 8000);
    const sockets = [];
    try {
      sockets.push(await bound(port), await bound(port + 1));
      return port;
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
    } finally {
      await Promise.all(sockets.map((s) => new Promise((closed) => s.close(closed))));
    }
  }
}

// record lets a tool write what comes to port; it listens when the promise is kept. What is
// returned ends it.
export async function record(tool, codec, port, file) {
  const { type, name, law } = codecs[codec];
  let command, listens;
  if (tool === "gst") {
    const caps = `application/x-rtp,media=audio,clock-rate=8000,encoding-name=${name},` +
      `payload=${type}`;
    command = `gst-launch-1.0 -e udpsrc address=127.0.0.1 port=${port} caps=${caps} ! ` +
      `rtp${name.toLowerCase()}depay ! ${law}dec ! wavenc ! filesink location=${file}`;
    listens = "PREROLL"; // a live pipeline needs none, it says
  } else {
    writeFileSync(`${file}.sdp`, ["v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=-",
      "c=IN IP4 127.0.0.1", "t=0 0", `m=audio ${port} RTP/AVP ${type}`, ""].join("\r\n"));
    command = "ffmpeg -v debug -nostdin -y -protocol_whitelist file,udp,rtp " +
      `-analyzeduration 0 -probesize 32 -i ${file}.sdp ${file}`;
    listens = "end receive buffer size";
  }
  const child = run(command.split(" "));
  while (!child.printed.includes(listens)) {
    const failed = once(child, "close").then(() => "ended");
    if ((await Promise.race([once(child, "printed"), failed])) === "ended") {
      throw new Error(`${command}: ${child.printed}`);
    }
  }
  return async () => {
    const closed = once(child, "close");
    child.kill("SIGINT");
    await closed;
  };
}

// say lets a tool say a file to its end, in packets of 20 ms.
export async function say(tool, codec, file, { rtp, rtcp }) {
  const { name, law } = codecs[codec];
  const command = tool === "gst"
    ? `gst-launch-1.0 -q filesrc location=${file} ! wavparse ! ${law}enc ! ` +
      `rtp${name.toLowerCase()}pay min-ptime=20000000 max-ptime=20000000 ! ` +
      `udpsink host=${rtp.address} port=${rtp.port} sync=true`
    : `ffmpeg -v error -nostdin -i ${file} -af asetnsamples=n=160,arealtime ` +
      `-c:a pcm_${law} -f rtp rtp://${rtp.address}:${rtp.port}?pkt_size=172&` +
      `rtcpport=${rtcp.port}`;
  const child = run(command.split(" "));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command}: ${child.printed}`);
}

// Stream is one source of RTP, packet by packet.
export class Stream {
  #sequence = randomBytes(2).readUInt16BE();
  #ssrc = randomBytes(4);
  constructor(socket, { rtp }) {
    this.socket = socket;
    this.to = rtp;
    this.time = randomBytes(4).readUInt32BE();
  }

  // packet sends a payload (RFC 3550 §5.1).
  packet(type, payload, marker = false) {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = type | (marker ? 0x80 : 0);
    header.writeUInt16BE((this.#sequence = (this.#sequence + 1) & 0xffff), 2);
    header.writeUInt32BE(this.time >>> 0, 4);
    this.#ssrc.copy(header, 8);
    this.socket.send(Buffer.concat([header, payload]), this.to.port, this.to.address);
  }

  // key sends a telephone event of 160 ms (RFC 4733 §2.5): all its packets have the time of
  // its beginning, their durations grow, and the last is sent three times.
  async key(digit) {
    const event = "0123456789*#ABCD".indexOf(digit);
    for (let n = 1; n <= 10; n++) {
      const end = n >= 8;
      const payload = Buffer.from([event, (end ? 0x80 : 0) | 10, 0, 0]);
      payload.writeUInt16BE(160 * Math.min(n, 8), 2);
      this.packet(101, payload, n === 1);
      if (!end) await wait(20);
    }
    this.time += 8 * 160;
  }
}

// paced calls each(n) every 20 ms, and at once for every time that was missed.
export async function paced(times, each) {
  const began = performance.now();
  for (let n = 0; n < times; n++) {
    const early = began + 20 * n - performance.now();
    if (early > 0) await wait(early);
    each(n);
  }
}
