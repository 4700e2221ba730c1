import { expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { nodesIn, nodesOfKind } from "../../src/compiler/check/rules/support/walk.js";
import { compile, contextOf, policyOf } from "./support.js";

/** What is many times many does not fit into memory or onto the stack, so that no clock is needed to see it. */

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join("\n");

test("thousands of lines speak of thousands of tools by one pattern", () => {
  const policy = policyOf(
    compile(
      commission({
        tools: lines(3_000, (n) => `tool many.t${n}(path: path, amount: int)`),
        scope: lines(
          3_000,
          (n) => `forbid many.* serving restrain when path within "/r/${n}" or amount > ${n}`,
        ),
      }),
    ),
  );
  expect(policy.tools).toHaveLength(3_002);
  expect(policy.layers[0]?.scope?.forbids).toHaveLength(3_001);
});

test("thousands of classes, each with a line that gives it", () => {
  const policy = policyOf(
    compile(
      commission({
        tools: "tool act(amount: int)",
        reversibility: [
          lines(3_000, (n) => `class c${n} above ${n === 0 ? "permanent" : `c${n - 1}`} confirm owner`),
          lines(3_000, (n) => `treat act as c${n} when amount > ${n}`),
        ].join("\n"),
      }),
    ),
  );
  expect(policy.classes).toHaveLength(3_002);
});

test("a pattern finds the tools it covers, in the order of the file", () => {
  const { toolsOf } = contextOf(
    commission({ tools: ["b.two", "a.one", "b.one", "bb"].map((name) => `tool ${name}(n: int)`).join("\n") }),
  );
  const covered = (pattern: string) =>
    toolsOf({ pattern, span: { file: "", start: 0, end: 0 } }).map(({ name }) => name);
  expect(covered("b*")).toEqual(["b.two", "b.one", "bb"]);
  expect(covered("b.*")).toEqual(["b.two", "b.one"]);
  expect(covered("b.one")).toEqual(["b.one"]);
  expect(covered("c*")).toEqual([]);
  expect(covered("b")).toEqual([]);
  expect(covered("*")).toHaveLength(6);
});

test("a file is walked once, whichever rules ask for its nodes", () => {
  const { document } = contextOf(commission()).program.entry;
  expect(nodesIn(document)).toBe(nodesIn(document));
  expect(nodesOfKind(document, "Match")).toBe(nodesOfKind(document, "Match"));
  expect(nodesOfKind(document, "Match").length).toBeGreaterThan(0);
  expect(nodesIn(document).filter((node) => node.kind === "Match")).toEqual(nodesOfKind(document, "Match"));
});
