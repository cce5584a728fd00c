// The emulator on a port of this machine, which is the first line that this prints. It ends with its standard input.
// POST /front/user {"email", "token"} makes a user, and a token for whoever stands before the emulator.
import { createServer as listen } from "node:http";
import { createServer } from "@emulators/core";
import { googlePlugin, seedFromConfig } from "@emulators/google";

const { app, store, tokenMap } = createServer(googlePlugin, { baseUrl: "http://127.0.0.1" });

async function answer(request) {
  if (new URL(request.url).pathname !== "/front/user") return app.fetch(request);
  const { email, token } = await request.json();
  seedFromConfig(store, "", { users: [{ email }] });
  tokenMap.set(token, { login: email, id: tokenMap.size + 1, scopes: [] });
  return new Response(null, { status: 204 });
}

const server = listen(async (incoming, outgoing) => {
  const pieces = [];
  for await (const piece of incoming) pieces.push(piece);
  const { method, headers, url } = incoming;
  const body = pieces.length ? Buffer.concat(pieces) : undefined;
  const answered = await answer(new Request(`http://127.0.0.1${url}`, { method, headers, body }));
  outgoing.writeHead(answered.status, Object.fromEntries(answered.headers));
  outgoing.end(Buffer.from(await answered.arrayBuffer()));
});
server.keepAliveTimeout = 0; // whoever asks keeps the line
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit());
