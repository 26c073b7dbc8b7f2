// A WTI client that shares no code with the server that it is tried on, nor with client.py.
//
//   node client.mjs STORY WTI-URL ADMIN-URL [OPTIONS]        needs npm's ws (NODE_PATH)
//
// It plays one story of stories.mjs or media.mjs and ends with 0 if every step was answered
// as it has to be. OPTIONS is a JSON object with what the story needs.

import { Session } from "./session.mjs";
import * as media from "./media.mjs";
import * as stories from "./stories.mjs";

const [story, url, admin, options = "{}"] = process.argv.slice(2);
const s = await Session.open(url, {
  user: "cti", password: "cti-secret", application: `node ${story}`, admin,
});
await { ...stories, ...media }[story](s, JSON.parse(options));
await s.close();
