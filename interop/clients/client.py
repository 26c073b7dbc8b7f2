"""A WTI client that shares no code with the server it is tried on.

    python3 client.py STORY WTI-URL ADMIN-URL [OPTIONS]        needs websockets 10 or later

It plays one story of stories.py or media.py and ends with 0 if every step was answered as
it has to be. OPTIONS is a JSON object with what the story needs.
"""

import asyncio
import json
import sys

import websockets

import media
import stories
from session import Client, basic, find


async def main(name, url, admin, options="{}"):
    story = getattr(media, name, None) or getattr(stories, name)
    async with websockets.connect(url, close_timeout=1, **basic("cti", "cti-secret")) as ws:
        c = Client(ws, admin)
        started = await c.must("StartApplicationSession", {
            "SessionDuration": "180", "ProtocolVersionList": ["10.2.0", "10.1.0"],
            "ApplicationID": name})
        assert find(started, "token"), started
        await story(c, **json.loads(options))
        await c.must("StopApplicationSession", {"sessionID": find(started, "sessionID")})


asyncio.run(main(*sys.argv[1:]))
