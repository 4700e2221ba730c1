import { expect, test } from "vitest";
import { load } from "./load.js";

interface Share {
  readonly name: string;
  readonly self: number;
  readonly total: number;
}
interface Profile {
  profiled(run: () => void, interval?: number): Promise<object>;
  summaryOf(
    profile: object,
    root: string,
  ): { readonly functions: readonly Share[]; readonly files: readonly Share[]; readonly collecting: number };
}
const { profiled, summaryOf } = await load<Profile>("decide/profile.js");

const frame = (functionName: string, url: string, lineNumber = 0) => ({ functionName, url, lineNumber });
const node = (id: number, callFrame: object, children: readonly number[] = []) => ({
  id,
  callFrame,
  children,
});
const fit = frame("fit", "file:///somewhere/dist/engine/fit.js", 9);

test("time below the root, by function and by file, what calls itself once", () => {
  const profile = {
    nodes: [
      node(1, frame("(root)", ""), [2, 3, 8]),
      node(2, frame("(garbage collector)", "")),
      node(3, frame("decisions", "file:///somewhere/bench/profile.js"), [4]),
      node(4, fit, [5, 6]),
      node(5, fit, [7]),
      node(6, frame("parse", "file:///x/node_modules/@a/zod/index.js", 4)),
      node(7, frame("sort", "")),
      node(8, frame("input", "file:///somewhere/bench/given.js")),
    ],
    samples: [2, 3, 4, 5, 6, 7, 8],
    timeDeltas: [30, 10, 20, 40, 20, 10, 1_000],
  };
  const { functions, files, collecting } = summaryOf(profile, "decisions");
  expect(collecting).toBe(0.3);
  expect(functions[0]).toEqual({ name: "fit dist/engine/fit.js:10", self: 0.6, total: 0.9 });
  expect(functions.find(({ name }) => name.startsWith("decisions"))).toMatchObject({ self: 0.1, total: 1 });
  expect(files.map(({ name, self }) => [name, self])).toEqual([
    ["dist/engine/fit.js", 0.6],
    ["@a/zod", 0.2],
    ["bench/profile.js", 0.1],
    ["v8", 0.1],
  ]);
});

test("a real profile names the function that was busy", async () => {
  function busy(): number {
    const end = performance.now() + 60;
    let sum = 0;
    while (performance.now() < end) sum += Math.sqrt(sum + 1);
    return sum;
  }
  const profile = await profiled(busy);
  expect(summaryOf(profile, "busy").functions.some(({ name }) => name.startsWith("busy "))).toBe(true);
});
