import fc from "fast-check";
import {
  formatNarrowing,
  formatPolicy,
  loadPolicy,
  parseNarrowing,
  parsePolicy,
  policyDigest,
} from "../../../src/index.js";
import { drawn } from "../generate/choices.js";
import { isNarrowing, isReshimu, type Texts } from "../generate/model.js";
import { type Scattered, scattered, spaced } from "../generate/scattered.js";
import { scenarioOf } from "../generate/scenario.js";
import { compiled } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofScenarios, property } from "../support/property.js";
import { t13Printed } from "./t13-printed.js";
import { policySchema } from "../../../src/schemas.js";

/** A policy or a narrowing, as the formatter writes it. */
function formatted(file: string, text: string): string {
  const made = (isNarrowing(file) ? formatNarrowing : formatPolicy)({ file, text });
  if (made.ok) return made.text;
  throw new Error(made.fault ?? made.diagnostics.map(({ message }) => message).join("\n"));
}

const commentsOf = (file: string, text: string): string[] =>
  (isNarrowing(file) ? parseNarrowing : parsePolicy)({ file, text }).comments.map((comment) => comment.text);

const written = (texts: Texts): [string, string][] => [...texts].filter(([path]) => isReshimu(path));

/** The same files, with what is written in the language made otherwise. */
const rewritten = (texts: Texts, make: (path: string, text: string) => string): Texts =>
  new Map([...texts].map(([path, text]) => [path, isReshimu(path) ? make(path, text) : text]));

/** A policy as it was generated, and with comments and blank lines between its tokens. */
interface Case {
  readonly entry: string;
  readonly digest: string;
  readonly texts: Texts;
  readonly spaced: Texts;
  readonly scattered: ReadonlyMap<string, Scattered>;
}

const cases: fc.Arbitrary<Case> = drawn((draw) => {
  const { model, texts, engine } = scenarioOf(draw, { extensions: 2, stories: 1, proposals: 1 });
  const made = {
    entry: model.entry,
    digest: engine.digest,
    texts,
    spaced: rewritten(texts, (_, text) => spaced(draw, text)),
    scattered: new Map(written(texts).map(([path, text]) => [path, scattered(draw, text)])),
  };
  const shown = (): string => [...made.scattered.values()].map(({ text }) => text).join("\n---\n");
  return Object.assign(made, { [fc.toStringMethod]: shown });
});

const withoutBlanks = (text: string): string => text.replace(/\n+/g, "\n");

export const t13 = [
  t13Printed,
  ofScenarios(
    {
      id: "T13.built",
      says: "faithful printing: what a policy is built to can be read back as it was",
      options: { extensions: 2, stories: 1, proposals: 1 },
      share: 4,
    },
    ({ engine }) => {
      policySchema.parse(engine.policy);
      const loaded = loadPolicy(JSON.stringify(engine.policy));
      compared();
      mustBeSame(
        "a built policy is read back as it was",
        loaded.ok ? loaded.policy : loaded.problem,
        engine.policy,
      );
    },
  ),
  property({
    id: "T13.comments",
    says: "faithful printing: formatting is idempotent, keeps each comment in its order, and means the same",
    of: cases,
    share: 2,
    check: ({ entry, digest, texts, scattered: files }) => {
      const once = rewritten(texts, (path) => formatted(path, files.get(path)?.text as string));
      for (const [path, text] of written(once)) {
        mustBeSame("the same comments", commentsOf(path, text), files.get(path)?.comments);
        mustBeSame("formatted again it is the same text", formatted(path, text), text);
        const stray = /[ \t\r](?:\n|$)|\n\n\n|^\n|\{\n\n|\n\n *\}/.exec(text);
        mustBeSame("no stray white space", stray, null);
      }
      // The digest binds every decision: the formatted policy gives them all.
      compared();
      mustBeSame("the same digest", policyDigest(compiled(entry, once)), digest);
    },
  }),
  property({
    id: "T13.lines",
    says: "faithful printing: where lines break in the source makes no difference",
    of: cases,
    share: 2,
    check: ({ texts, spaced: files }) => {
      for (const [path, text] of written(texts))
        mustBeSame(
          "the same form",
          withoutBlanks(formatted(path, files.get(path) as string)),
          withoutBlanks(formatted(path, text)),
        );
    },
  }),
];
