// Replays the recorded tasks through the engine and prints what came of it.
// Usage: node examples/retail/replay.js    ends with 1 if anything is otherwise than README.md says, 2 without the data

import { fileURLToPath } from "node:url";
import * as reshimu from "reshimu";
import { hasData, howToGetIt } from "./data.js";
import { runScenario } from "./scenario.js";
import { print, surprises } from "./summary.js";

if (!hasData) {
  console.error(howToGetIt);
  process.exit(2);
}

const { policy, diagnostics, sources } = await reshimu.loadPolicyFile(
  fileURLToPath(new URL("policy.reshimu", import.meta.url)),
);
if (policy === null) {
  console.error(reshimu.renderDiagnostics(diagnostics, (file) => sources.get(file), { color: false }));
  process.exit(1);
}

const result = await runScenario(reshimu, policy);
print(result);
const odd = surprises(result);
for (const line of odd) console.log(`otherwise than README.md says: ${line}`);
process.exitCode = odd.length === 0 ? 0 : 1;
