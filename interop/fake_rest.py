"""REST for fake_aes.py: a POST for each service, Basic to start a session and its token as
Bearer afterwards; events are posted to the targetUrl that a client names, one after the
other. It speaks HTTP/1.1 by hand, and shares no code with the other fake.
"""

import asyncio
import json
import urllib.parse

PATH = "/api/fe/v1/"
REASONS = {200: "OK", 401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error"}

async def read_message(reader):
    """Returns the first line, the headers and the body of an HTTP message."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(":", 1) for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    return head[0], headers, await reader.readexactly(int(headers.get("content-length", 0)))

class Mailbox:  # stands for the socket of a session
    def __init__(self, frame):
        self.frame, self.session, self.target = frame, None, ""
        self.queue, self.task = asyncio.Queue(), None

    def send(self, kind, name, invoke_id, payload):
        if not self.target:
            return False
        if self.task is None:
            self.task = asyncio.ensure_future(self.deliver())
        self.queue.put_nowait((self.target, self.frame(kind, name, invoke_id, payload)))
        return True

    async def deliver(self):
        while True:
            target, text = await self.queue.get()
            try:
                await asyncio.wait_for(post(target, text.encode()), 5)
            except (OSError, EOFError, asyncio.TimeoutError):
                pass  # whoever has gone does not get it

async def post(target, body):
    url = urllib.parse.urlsplit(target)
    reader, writer = await asyncio.open_connection(url.hostname, url.port or 80)
    try:
        head = f"POST {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: close\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await reader.readline()  # that there is an answer is enough
    finally:
        writer.close()

class Server:
    """aes.enter finds the mailbox of an Authorization, or None; aes.carry_out does what is
    asked for and returns status and payload; aes.cut says whether the answer gets lost."""

    def __init__(self, aes):
        self.aes, self.lines, self.silent = aes, set(), set()

    def cut(self):
        for writer in list(self.lines):
            writer.transport.abort()

    def silence(self):
        self.silent |= self.lines

    async def serve(self, reader, writer):
        self.lines.add(writer)
        try:
            while await self.answer(reader, writer):
                await writer.drain()
        except (OSError, EOFError):
            pass  # the client has gone
        finally:
            self.lines.discard(writer)
            writer.close()

    async def answer(self, reader, writer):
        first, headers, body = await read_message(reader)
        if writer in self.silent:
            return True
        method, url, _ = first.split(" ")
        status, reply = 404, None
        if method == "POST" and url.startswith(PATH):
            name = url.removeprefix(PATH)
            mailbox = self.aes.enter(name, headers.get("authorization", ""))
            status = 401
            if mailbox is not None:
                payload = json.loads(body or b"{}")
                mailbox.target = payload.get("targetUrl", mailbox.target)
                status, reply = self.aes.carry_out(name, payload, mailbox)
                if self.aes.cut(name, mailbox):
                    writer.transport.abort()
                    return False
        data = b"" if reply is None or method == "HEAD" else json.dumps(reply).encode()
        head = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
        return True
