import type { CheckContext, Rule } from "../../program.js";
import { tierNames } from "./support/descent.js";
import { type Found, quote } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";

export const boundaryNeighbours: Rule = {
  code: "check/boundary-neighbours",
  severity: "error",
  summary: "a boundary leads from a tier to the next one below",
  why:
    "Intent comes down step by step, and each step is its own choice. A boundary that skips a tier would let something reach the " +
    "worker that the tier between never held; nothing is delegated upward.",
  avoid: `policy notes.tiers

tool notes.read(path: path)

tiers root > writer

boundary writer -> root {
  carries intent.*, given.*
  grants  *
}
`,
  prefer: `policy notes.tiers

tool notes.read(path: path)

tiers root > writer

boundary root -> writer {
  carries intent.*, given.*
  grants  *
}
`,
  *check(context: CheckContext): Iterable<Found> {
    const names = tierNames(context).map((name) => name.text);
    for (const { node } of declarationsOf(context.program, "Boundary")) {
      const { from, to } = node;
      const [upper, lower] = [names.indexOf(from.text), names.indexOf(to.text)];
      if (upper < 0 || lower < 0 || lower === upper + 1) continue;
      const span = { ...from.span, end: to.span.end };
      if (lower === upper) yield itself(from.text, span);
      else if (lower < upper) yield upward(from.text, to.text, span, upper - lower === 1);
      else yield skipping(names.slice(upper, lower + 1), span);
    }
  },
};

const itself = (name: string, span: Found["span"]): Found => ({
  message: `this boundary leads from ${quote(name)} to itself`,
  span,
  label: "no step down",
  help: "name the tier above and the tier below",
});

const upward = (from: string, to: string, span: Found["span"], neighbouring: boolean): Found => ({
  message: `this boundary leads upward, for ${quote(to)} stands above ${quote(from)}`,
  span,
  label: "the wrong way round",
  help: "a boundary leads from a tier to the next one below",
  ...(neighbouring
    ? { fix: { title: `write \`${to} -> ${from}\``, edits: [{ span, text: `${to} -> ${from}` }] } }
    : {}),
});

const skipping = (way: readonly string[], span: Found["span"]): Found => ({
  message: `this boundary skips ${way.slice(1, -1).map(quote).join(", ")}`,
  span,
  label: "not neighbours",
  help: `write one boundary for each step of \`${way.join(" > ")}\``,
});
