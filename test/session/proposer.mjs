// A process of its own: proposes the same action in a session of a trace again and again, and prints how often it was authorized.
import { readFileSync } from "node:fs";
// Not all of the package: what decides is enough, and starts sooner.
import { createEngine } from "../../dist/engine/engine.js";
import { Store } from "../../dist/session/store.js";
import { openTrace } from "../../dist/trace/open.js";

const [policy, trace, session, count, from = 0] = process.argv.slice(2);
const store = new Store(createEngine(JSON.parse(readFileSync(policy, "utf8"))), undefined, {
  trace: await openTrace(trace),
});
const opened = await store.session(session);
let authorized = 0;
for (let n = Number(from); n < Number(from) + Number(count); n += 1) {
  const { decision } = await opened.propose({ tool: "act", args: { n }, confidence: 1 });
  if (decision === "authorize") authorized += 1;
  // A line for each, so that who ends this process knows what was acknowledged.
  process.stdout.write(`${decision}\n`);
}
process.stdout.write(`done ${authorized}\n`);
await store.trace.close();
