import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { declarationsOf, statementsOf } from "../support/walk.js";
import { isBroken } from "../support/whole.js";

export const idleBullet: Rule = {
  code: "lint/idle-bullet",
  severity: "warning",
  summary: "each bullet is served by a rule",
  why:
    "A bullet that no permit or forbid serves is a wish: the policy neither allows what it asks for nor forbids what it warns of. " +
    "Often a rule is missing, or `serving` was forgotten where the rule already stands.",
  avoid: commission(
    {},
    {
      scope: `
        permit notes.read serving read
          when path within "/notes"
        permit notes.write serving summarise
          when path within "/notes/summaries"`,
    },
  ),
  prefer: commission(),
  *check({ program }: CheckContext): Iterable<Found> {
    const served = new Set(
      [...statementsOf(program, "Permit")].flatMap(({ node }) => node.serving.map((name) => name.text)),
    );
    // Where no rule serves any bullet, `lint/serves-nothing` says so at each rule.
    if (served.size === 0) return;
    // A rule that serves a misspelt bullet has its own diagnostic.
    if ([...served].some((name) => !program.symbols.bullets.has(name))) return;
    if ([...declarationsOf(program, "Intent")].length > 1) return;
    if ([...declarationsOf(program, "Scope")].some(({ node }) => isBroken(program, node))) return;
    for (const { node } of statementsOf(program, "Bullet")) {
      if (served.has(node.name.text)) continue;
      yield {
        message: `no rule serves the bullet ${quote(node.name.text)}`,
        span: node.name.span,
        label: "served by nothing",
        help: `write \`serving ${node.name.text}\` behind the permit or forbid that stands for its sake`,
      };
    }
  },
};
