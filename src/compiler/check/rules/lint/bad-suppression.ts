import { didYouMean } from "../../../../diagnostics/did-you-mean.js";
import type { CheckContext, Rule, RuleRun } from "../../../program.js";
import { isSuppressible, type Suppression, suppressionsOf } from "../../suppressions.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";

const policy = (comment: string): string =>
  commission({
    scope: `
      ${comment}
      permit notes.read
        when path within "/public"`,
  });

export const badSuppression: Rule = {
  code: "lint/bad-suppression",
  severity: "warning",
  summary: "a comment that allows a lint names it and gives a reason",
  why:
    "`// reshimu-allow CODE: reason` takes a warning away where it does not fit. Without its reason nobody can tell later whether it " +
    "still holds, and a code that does not exist takes nothing away. Errors cannot be allowed: such a policy has no meaning.",
  avoid: commission({
    scope: `
      // reshimu-allow lint/serves-nothing
      permit notes.read serving read
        when path within "/public"`,
  }),
  prefer: policy("// reshimu-allow lint/serves-nothing: what is public may be read for any purpose"),
  *check({ program }: CheckContext, { codes }: RuleRun): Iterable<Found> {
    for (const one of program.units.flatMap(suppressionsOf)) yield* wrong(one, codes);
  },
};

function* wrong({ span, code, reason }: Suppression, codes: ReadonlySet<string>): Generator<Found> {
  const lints = [...codes].filter(isSuppressible);
  const allow = "`// reshimu-allow CODE: reason`";
  if (code === "") {
    yield {
      message: "this comment does not say what it allows",
      span,
      label: "names no code",
      help: `write ${allow}`,
    };
  } else if (!isSuppressible(code) && (codes.has(code) || code.startsWith("syntax/"))) {
    yield {
      message: `${quote(code)} cannot be allowed by a comment`,
      span,
      label: "is not for a comment to allow",
      help: "put right what it reports; only the codes of `lint/` can be allowed",
    };
  } else if (!codes.has(code)) {
    const close = didYouMean(code, lints) ?? didYouMean(`lint/${code}`, lints);
    yield {
      message: `no lint is called ${quote(code.slice(0, 100))}`,
      span,
      label: "allows nothing",
      help: close === undefined ? "`reshimu explain` lists all codes" : `did you mean ${quote(close)}?`,
    };
  } else if (reason === "") {
    yield {
      message: `this comment does not say why ${quote(code)} is allowed here`,
      span,
      label: "gives no reason",
      help: `write ${allow}; without its reason it allows nothing`,
    };
  }
}
