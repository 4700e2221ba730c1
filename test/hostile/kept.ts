import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { targetNames, type TargetName } from "./recipes/fill.js";
import type { Entry } from "./targets.js";

export const corpus = "test/hostile/corpus";

/** The kept entries: every file of a target's folder, and every folder in it by its `policy.reshimu`. */
export function* kept(): Generator<readonly [TargetName, Entry]> {
  for (const target of targetNames)
    for (const name of readdirSync(join(corpus, target)).sort())
      yield [target, entryAt(join(corpus, target, name), `${target}/${name}`)];
}

function entryAt(path: string, name: string): Entry {
  if (!statSync(path).isDirectory()) return { name, bytes: readFileSync(path) };
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(path, file)).isFile(),
  );
  const more = new Map(files.map((file) => [file, readFileSync(join(path, file))]));
  return { name, bytes: more.get("policy.reshimu") ?? new Uint8Array(), more };
}
