import { expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { compileNarrowing } from "../../../src/compiler/compile.js";
import { compile } from "./support.js";

const { policy } = compile(
  commission({ more: "tiers root > writer\nboundary root -> writer { carries intent.* grants * }" }),
);

function narrowed(text: string): string[] {
  if (policy === null) throw new Error("the commission does not compile");
  return compileNarrowing({ file: "narrowing", text }, policy).diagnostics.map(
    ({ code, message }) => `${code} ${message}`,
  );
}

test("a narrowing uses the names of its policy", () => {
  expect(
    narrowed("scope {\n  permit notes.read serving read\n}\nreversibility {\n  treat * as permanent\n}"),
  ).toEqual([]);
});

test("it is held to the same rules", () => {
  expect(narrowed("scope {\n  forbid notes.write\n}")).toEqual([
    "check/no-permit this scope block permits nothing, so every action is outside",
  ]);
  expect(narrowed("scope {\n  permit notes.read serving rad\n}")).toEqual([
    "check/unknown-bullet unknown bullet `rad`",
  ]);
});

test("what it cannot declare is said once", () => {
  expect(narrowed("tiers a > b")).toEqual(["check/narrowing-blocks a narrowing cannot have `tiers`"]);
  expect(narrowed('principal owner "Me"')).toEqual([
    "check/narrowing-blocks a narrowing cannot have `principal`",
  ]);
  expect(narrowed("reversibility {\n  class read\n}")).toEqual([
    "check/narrowing-blocks a narrowing cannot declare a `class`",
  ]);
  expect(narrowed("discernment {\n  escalate owner within 1h\n}")).toEqual([
    "check/extension-declares this `escalate` stands above the commission, which alone may declare it",
  ]);
});
