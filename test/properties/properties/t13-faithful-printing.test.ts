import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPolicy, parsePolicy, policyDigest } from "../../../src/index.js";
import { drawn } from "../generate/choices.js";
import type { Texts } from "../generate/model.js";
import { scattered, type Scattered, spaced } from "../generate/scattered.js";
import { scenarioOf } from "../generate/scenario.js";
import { compiled } from "../support/judge.js";
import { mustBeSame, parameters, timeout } from "../support/run.js";

/** A policy as it was generated, and with comments and blank lines between its tokens. */
interface Case {
  readonly entry: string;
  readonly digest: string;
  readonly texts: Texts;
  readonly spaced: Texts;
  readonly scattered: ReadonlyMap<string, Scattered>;
}

const arbitrary: fc.Arbitrary<Case> = drawn((draw) => {
  const { model, texts, engine } = scenarioOf(draw, 1, 1);
  const files = [...texts];
  const made = {
    entry: model.entry,
    digest: engine.digest,
    texts,
    spaced: new Map(files.map(([file, text]) => [file, spaced(draw, text)])),
    scattered: new Map(files.map(([file, text]) => [file, scattered(draw, text)])),
  };
  const shown = (): string => [...made.scattered.values()].map(({ text }) => text).join("\n---\n");
  return Object.assign(made, { [fc.toStringMethod]: shown });
});

function formatted(file: string, text: string): string {
  const made = formatPolicy({ file, text });
  if (made.ok) return made.text;
  throw new Error(made.fault ?? made.diagnostics.map(({ message }) => message).join("\n"));
}

const commentsOf = (file: string, text: string): string[] =>
  parsePolicy({ file, text }).comments.map((comment) => comment.text);

const properties = [
  {
    name: "T13 faithful printing: formatting is idempotent, keeps each comment in its order, and means the same",
    arbitrary,
    check({ entry, digest, scattered: files }: Case): void {
      const once = new Map([...files].map(([file, { text }]) => [file, formatted(file, text)]));
      for (const [file, { comments }] of files) {
        const text = once.get(file) as string;
        mustBeSame("the same comments", commentsOf(file, text), comments);
        mustBeSame("formatted again it is the same text", formatted(file, text), text);
        expect(text).not.toMatch(/[ \t\r](?:\n|$)|\n\n\n|^\n|\{\n\n|\n\n *\}/);
      }
      mustBeSame("the same digest", policyDigest(compiled(entry, once)), digest);
    },
  },
  {
    name: "T13 faithful printing: where lines break in the source makes no difference",
    arbitrary,
    check({ texts, spaced: files }: Case): void {
      const withoutBlanks = (text: string): string => text.replace(/\n+/g, "\n");
      for (const [file, text] of texts)
        mustBeSame(
          "the same form",
          withoutBlanks(formatted(file, files.get(file) as string)),
          withoutBlanks(formatted(file, text)),
        );
    },
  },
];

for (const { name, arbitrary: of, check } of properties)
  test(name, () => fc.assert(fc.property(of, check), parameters(0.5)), timeout);
