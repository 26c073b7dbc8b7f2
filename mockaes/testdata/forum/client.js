// A client written from the thread "How to connect to AES WTI Websocket API's" at
// support.avaya.com alone: Basic credentials at the upgrade, StartApplicationSession,
// the device id, a monitor, and then what comes. It knows nothing of the Go code.
//
//	node client.js ws://HOST:PORT/api/wti/session USER PASSWORD EXTENSION NUMBER
//
// It prints one line of JSON for each step and ends with 0 if all went well.
'use strict';

const WebSocket = require('ws');
const [url, user, password, extension, number] = process.argv.slice(2);

const auth = 'Basic ' + Buffer.from(user + ':' + password).toString('base64');
const socket = new WebSocket(url, { headers: { Authorization: auth } });

let invokeId = 0;
const asked = new Map();
const events = [];
let monitor = null;
let device = null;

function ask(command, payload, then) {
  invokeId += 1;
  asked.set(invokeId, { command, then });
  const header = { invokeId, request: command, headerType: 'request', version: 'v2' };
  // The thread: AES expects the header to be the first field in each request.
  socket.send('{"header":' + JSON.stringify(header, null, 4) +
    ',\n"payload":' + JSON.stringify(payload, null, 4) + '}');
}

function fail(why) {
  console.error(why);
  process.exit(1);
}

socket.on('open', () => {
  ask('StartApplicationSession', {
    SessionDuration: '180',
    ProtocolVersionList: ['10.2.0', '10.1.0'],
    ApplicationID: 'TestTool Proxy',
  }, (payload) => {
    if (!payload.token) fail('no token');
    console.log(JSON.stringify({ step: 'session', seconds: payload.actualSessionDuration }));
    ask('GetDeviceId', { switchName: 'CM1', extension }, gotDevice);
  });
});

function gotDevice(payload) {
  device = payload.device;
  console.log(JSON.stringify({ step: 'device', device }));
  ask('MonitorDevice', {
    monitorObject: { deviceObject: device },
    requestedMonitorFilter: {
      callcontrol: {
        originated: true, delivered: true, established: true, connectionCleared: true,
      },
    },
    targetUrl: 'https://127.0.0.1/events/',
  }, (reply) => {
    monitor = reply.monitorCrossRefID;
    console.log(JSON.stringify({ step: 'monitor', monitor }));
    ask('MakeCall', { callingDevice: device, calledDirectoryNumber: number }, () => {});
  });
}

function gotEvent(name, payload) {
  if (payload.monitorCrossRefID !== monitor) fail('an event for ' + payload.monitorCrossRefID);
  events.push(name);
  if (name === 'EstablishedEvent') {
    const callID = payload.establishedConnection.callID;
    ask('ClearConnection', { connectionToBeCleared: { callID, deviceID: device } }, () => {});
  }
  if (name === 'ConnectionClearedEvent') {
    console.log(JSON.stringify({ step: 'events', events }));
    ask('StopApplicationSession', { sessionEndReason: { definedEndReason: 'normal' } }, () => {});
  }
}

socket.on('message', (message) => {
  const json = JSON.parse(message.toString());
  const command = json.header[json.header.headerType];
  const payload = typeof json.payload === 'string' ? JSON.parse(json.payload) : json.payload;
  if (json.header.headerType === 'event') {
    gotEvent(command, payload);
    return;
  }
  const request = asked.get(json.header.invokeId);
  asked.delete(json.header.invokeId);
  if (!request || request.command !== command) fail('an answer to ' + command);
  if (payload.CSTAErrorCode || payload.errorCode) fail(command + ' ' + JSON.stringify(payload));
  request.then(payload);
});

socket.on('unexpected-response', (_, response) => fail('HTTP ' + response.statusCode));
socket.on('error', (error) => fail(error.message));
socket.on('close', (code) => {
  console.log(JSON.stringify({ step: 'closed', code }));
  process.exit(code === 1000 ? 0 : 1);
});
setTimeout(() => fail('nothing happened for 20 s; events: ' + events), 20000).unref();
