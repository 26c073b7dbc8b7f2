// Conversations with audio. Stations register with CLIENT media: the switch sends RTP to the
// ports that the registration names, and MediaStart names those where it listens.

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";

import { bound, freePort, paced, record, say, Stream } from "./audio.mjs";
import { extension, member } from "./session.mjs";
import { dial, login } from "./stories.mjs";

async function register(s, ext, codec, port) {
  const device = await s.own(ext);
  await s.monitor(device);
  const done = await s.ask("RegisterTerminalRequest", {
    device,
    loginInfo: {
      password: "123456", forceLogin: true, mediaMode: "CLIENT", dependencyMode: "MAIN",
    },
    localMediaInfo: {
      rtpAddress: { address: "127.0.0.1", port },
      rtcpAddress: { address: "127.0.0.1", port: port + 1 },
      codecs: [codec], packetSize: 20, encryptionList: ["none"],
    },
  });
  assert.equal(Number(member(done, "code")), 1, JSON.stringify(done));
  const told = await s.ask("GetRegistrationState", { device });
  assert.equal(member(told, "registrationState"), "REGISTERED");
}

async function started(s, ext, codec) {
  const told = await s.event("MediaStart", (e) => extension(e.connection.deviceID) === ext);
  assert.equal(told.codec, codec);
  return { rtp: told.rtpAddress, rtcp: told.rtcpAddress };
}

// A tool writes down what is announced, until the switch ends the call.
export async function announcement(s, { tool, codec, number, heard }) {
  const port = await freePort();
  await register(s, "1003", codec, port);
  const finish = await record(tool, codec, port, heard);
  await dial(s, "1003", number);
  await started(s, "1003", codec);
  await s.event("MediaStop");
  await finish();
  await s.ask("UnregisterTerminalRequest", { device: await s.own("1003"), forceLogout: true });
}

// Two stations talk at the same time, each with a tool and a codec of its own.
export async function talk(s, { tools, codecs, says, heard }) {
  const stations = ["1004", "1005"];
  const finish = [];
  for (const [i, ext] of stations.entries()) {
    const port = await freePort();
    await register(s, ext, codecs[i], port);
    finish.push(await record(tools[i], codecs[i], port, heard[i]));
  }
  const call = await dial(s, ...stations);
  await s.ask("AnswerCall", { callToBeAnswered: await s.at(call, stations[1]) });
  const far = [];
  for (const [i, ext] of stations.entries()) far.push(await started(s, ext, codecs[i]));
  await Promise.all(far.map((to, i) => say(tools[i], codecs[i], says[i], to)));
  await s.ask("ClearConnection", { connectionToBeCleared: await s.at(call, stations[0]) });
  await Promise.all(finish.map((end) => end()));
}

// A registered station chooses in a menu, by digits of its own making.
export async function digits(s, { codec }) {
  await login(s, "4006", "1006", "autoIn");
  await s.monitor(await s.own("1006"));
  const socket = await bound();
  await register(s, "1003", codec, socket.address().port);
  const call = await dial(s, "1003", "8002");
  const keys = new Stream(socket, await started(s, "1003", codec));
  await keys.key("1");
  socket.close();
  const rings = await s.event("Delivered", (e) => extension(e.alertingDevice) === "1006");
  assert.equal(member(rings, "userEnteredCode").data, "1", JSON.stringify(rings));
  await s.ask("AnswerCall", { callToBeAnswered: await s.at(call, "1006") });
  await s.event("Established", (e) => extension(e.answeringDevice) === "1006");
}

// What is sent to the echo comes back octet by octet. Noise is what no two parts of are
// alike; 0x7f is left out of it, since the two zeros of G.711 come back as one.
export async function echo(s) {
  const socket = await bound();
  const back = [];
  socket.on("message", (data) => {
    if ((data[1] & 0x7f) === 0) back.push(Buffer.from(data.subarray(12)));
  });
  await register(s, "1003", "g711U", socket.address().port);
  await dial(s, "1003", "7100");
  const stream = new Stream(socket, await started(s, "1003", "g711U"));
  let seed = 1;
  const noise = Buffer.alloc(160 * 150).map(() => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const octet = (seed >>> 16) & 0xff;
    return octet === 0x7f ? 0xff : octet;
  });
  await paced(150, (n) => {
    stream.packet(0, noise.subarray(160 * n, 160 * n + 160));
    stream.time += 160;
  });
  await wait(500);
  socket.close();
  // A busy machine may hold this process up: half a second without that is enough.
  const heard = Buffer.concat(back);
  const intact = [];
  for (let at = 0; at + 4000 <= noise.length; at += 1000) {
    intact.push(heard.includes(noise.subarray(at, at + 4000)));
  }
  assert.ok(intact.includes(true), `${heard.length} octets came back, none of it intact`);
}
