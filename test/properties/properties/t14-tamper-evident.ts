import fc from "fast-check";
import {
  canonicalJson,
  type Checkpoint,
  makeCheckpoint,
  newKey,
  readLine,
  readPrivateKey,
  verifyTrace,
} from "../../../src/index.js";
import { type Draw, drawn } from "../generate/choices.js";
import { type Scenario, scenarioOf } from "../generate/scenario.js";
import { lived, openedIn, recordsOf } from "../support/lived.js";
import { compared } from "../support/must.js";
import { property } from "../support/property.js";

/** Something done to the lines of an export, in parts of a hundred of it. */
interface Meddling {
  readonly what: "change" | "remove" | "swap" | "move" | "repeat" | "cut";
  readonly at: number;
  readonly to: number;
}

const kinds = ["change", "remove", "swap", "move", "repeat", "cut"] as const;

const meddlingOf = (draw: Draw): Meddling => ({
  what: draw.pick(kinds),
  at: draw.below(100),
  to: draw.below(100),
});

const cases = drawn((draw) => {
  const scenario = scenarioOf(draw, { extensions: 1, stories: 2, proposals: 3 });
  const meddlings = draw.list(6, 12, () => meddlingOf(draw), 90);
  return {
    scenario,
    meddlings,
    [fc.toStringMethod]: () => `${fc.stringify(scenario)}\n${fc.stringify(meddlings)}`,
  };
});

/** The export as somebody left it. */
function meddled(lines: readonly string[], { what, at, to }: Meddling): readonly string[] {
  const one = Math.floor((at * lines.length) / 100);
  const other = Math.floor((to * lines.length) / 100);
  const line = lines[one] as string;
  switch (what) {
    case "change": {
      const place = Math.floor((to * line.length) / 100);
      const put = line[place] === "7" ? "8" : "7";
      return lines.with(one, line.slice(0, place) + put + line.slice(place + 1));
    }
    case "remove":
      return lines.toSpliced(one, 1);
    case "swap":
      return lines.with(one, lines[other] as string).with(other, line);
    case "move":
      return lines.toSpliced(one, 1).toSpliced(other, 0, line);
    case "repeat":
      return lines.toSpliced(other, 0, line);
    case "cut":
      return lines.slice(0, one);
  }
}

const { pem, key } = newKey();

const flawOf = async (lines: readonly string[], checkpoints: readonly Checkpoint[] = []) =>
  (await verifyTrace(lines.map(readLine), { checkpoints, key })).flaw;

async function check({
  scenario,
  meddlings,
}: {
  scenario: Scenario;
  meddlings: readonly Meddling[];
}): Promise<void> {
  for (const telling of scenario.tellings) {
    const lives = await openedIn(scenario, telling);
    if (lives === undefined) continue;
    await lived(lives, telling);
    const lines = (await recordsOf(lives.store)).map(canonicalJson);
    const head = await lives.store.trace.head();
    if (head === null) throw new Error("an opened session has left no record");
    const checkpoint = makeCheckpoint(head, telling.story.now, readPrivateKey(pem));
    const whole = await flawOf(lines, [checkpoint]);
    if (whole !== undefined) throw new Error(`what a session recorded does not hold: ${whole.message}`);
    for (const meddling of meddlings) {
      const left = meddled(lines, meddling);
      compared();
      if (left.join("\n") === lines.join("\n")) continue;
      if ((await flawOf(left, [checkpoint])) === undefined)
        throw new Error(`${JSON.stringify(meddling)} is not found`);
      const isPrefix = left.every((line, index) => line === lines[index]);
      // What a crash leaves is a prefix, and holds; all else is found without a checkpoint too.
      if (((await flawOf(left)) === undefined) !== (isPrefix && left.length <= lines.length))
        throw new Error(`${JSON.stringify(meddling)} leaves ${isPrefix ? "a prefix" : "no prefix"}`);
    }
  }
}

export const t14 = [
  property({
    id: "T14",
    says: "tamper-evident: any change, removal, move or repetition of a record is found, a removed tail by a checkpoint; a prefix holds",
    share: 0.5,
    of: cases,
    check,
  }),
];
