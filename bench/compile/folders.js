import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPolicyFile, policiesBelow } from "reshimu";
import { median, rounded, spent } from "./clock.js";
import { layerOnBase, sharedBase, smallPolicy } from "./policies.js";

/** So many small files in a folder, read one after another as `reshimu check` does: by themselves, and on a base that all extend. */
export async function folders(folder, count, rounds) {
  const kinds = [
    { files: "by themselves", texts: range(count, (n) => [`p${n}.reshimu`, smallPolicy(n)]) },
    {
      files: "on a shared base",
      texts: [["base.reshimu", sharedBase()], ...range(count, (n) => [`p${n}.reshimu`, layerOnBase(n)])],
    },
  ].map((kind, n) => ({ ...kind, at: write(join(folder, String(n)), kind.texts), times: [] }));
  // A folder takes seconds: fewer rounds tell enough.
  for (let round = 0; round < Math.min(rounds, 3); round += 1)
    for (const { at, times } of kinds) {
      const start = process.cpuUsage();
      for (const file of await policiesBelow(at)) await mustLoad(file);
      times.push(spent(start));
    }
  return kinds.map(({ files, texts, times }) => ({
    files,
    count: texts.length,
    "KB in all": Math.round(texts.reduce((sum, [, text]) => sum + text.length, 0) / 1_000),
    s: rounded(median(times) / 1_000),
    "ms a file": rounded(median(times) / texts.length),
  }));
}

const range = (count, make) => Array.from({ length: count }, (_, n) => make(n));

function write(folder, texts) {
  mkdirSync(folder);
  for (const [name, text] of texts) writeFileSync(join(folder, name), text);
  return folder;
}

async function mustLoad(file) {
  const { policy, diagnostics } = await loadPolicyFile(file);
  if (policy === null) throw new Error(diagnostics[0]?.message);
}
