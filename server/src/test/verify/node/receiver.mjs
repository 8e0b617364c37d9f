// An endpoint that takes only what the verifiers of docs/verifying.md take, each with every key.
// It prints its port; then each line that it reads has the keys from now on, and is answered with their number.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { verify as library } from "./library.mjs";
import { verify as byHand } from "./by_hand.mjs";

let keys = [];

function verdict(verify, key, headers, body) {
  try {
    verify(key, headers, body);
    return true;
  } catch (fault) {
    console.error(String(fault));
    return false;
  }
}

function status(headers, body) {
  const found = new Set();
  for (const key of keys) {
    if (!key.startsWith("whpk_")) found.add(verdict(library, key, headers, body)); // the package knows v1 only
    found.add(verdict(byHand, key, headers, body));
  }
  if (found.size !== 1) return 500;
  return found.has(true) ? 204 : 401;
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.writeHead(status(request.headers, Buffer.concat(chunks)), { "content-length": 0 }).end();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
createInterface({ input: process.stdin })
  .on("line", (line) => {
    keys = line.split(" ").filter(Boolean);
    console.log(keys.length);
  })
  .on("close", () => process.exit());
