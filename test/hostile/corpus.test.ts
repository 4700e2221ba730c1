import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleChild, runChild } from "./run-child.js";
import { kept } from "./kept.js";
import { recipes } from "./recipes/index.js";

/** Characters of every generated entry; `RESHIMU_HOSTILE_SIZE` for a hunt, up to the bound of a file. */
const size = process.env.RESHIMU_HOSTILE_SIZE ?? "1500";
/** Enough for the largest file that is read, and far too little for what grows faster than its input. */
const memory = Number(process.env.RESHIMU_HOSTILE_MEMORY ?? 128);
const longest = 50_000;

let child: string;
beforeAll(async () => {
  child = await bundleChild();
});
afterAll(() => {
  rmSync(dirname(child), { recursive: true, force: true });
});

test("every kept entry is taken or refused with a reason, in little memory", async () => {
  const ran = await runChild(child, ["kept", "0"], { memory, longest });
  expect(ran.problems).toEqual([]);
  expect(ran.done).toBe([...kept()].length);
}, 120_000);

test(
  "every generated entry is taken or refused with a reason, in little memory",
  async () => {
    const ran = await runChild(child, ["recipes", size], { memory, longest });
    expect(ran.problems).toEqual([]);
    expect(ran.done).toBe(recipes.length);
  },
  120_000 + Number(size) * 5,
);

test("no two entries have one name", () => {
  const names = [
    ...[...kept()].map(([, { name }]) => name),
    ...recipes.map((one) => `${one.target}/${one.name}`),
  ];
  expect(new Set(names).size).toBe(names.length);
});
