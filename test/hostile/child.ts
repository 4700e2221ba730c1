import { type Entry, targets } from "./targets.js";
import { kept } from "./kept.js";
import { recipes, type TargetName } from "./recipes/index.js";

/**
 * Gives entries to their targets, one after the other, in a process that may use little memory. What it begins, and how it
 * went, it tells line by line, so that the one who started it knows at which entry it ended if it does not come back.
 */

type Told = { readonly begun: string } | { readonly done: string; readonly problem?: string };
const tell = (told: Told): unknown => process.stdout.write(`${JSON.stringify(told)}\n`);

const [of = "kept", size = "16384", from = "0"] = process.argv.slice(2);

function* entries(): Generator<readonly [TargetName, Entry]> {
  if (of === "kept") yield* kept();
  else
    for (const { target, name, make } of recipes)
      yield [target, { name: `${target}/${name}`, bytes: Buffer.from(make(Number(size))) }];
}

let place = 0;
for (const [target, entry] of entries()) {
  place += 1;
  if (place <= Number(from)) continue;
  tell({ begun: entry.name });
  try {
    await targets[target](entry);
    tell({ done: entry.name });
  } catch (error) {
    tell({
      done: entry.name,
      problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
