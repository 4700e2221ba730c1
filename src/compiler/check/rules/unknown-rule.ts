import type * as Ast from "../../../syntax/ast.js";
import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { CheckContext, Program, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf, stepsOf } from "./support/walk.js";
import { allWhole } from "./support/whole.js";

/** What a statement says of itself that a test can name it by. */
interface Named {
  readonly serving: readonly Ast.Name[];
  readonly because: Ast.Text | undefined;
}

export const unknownRule: Rule = {
  code: "check/unknown-rule",
  severity: "error",
  summary: "a test names rules that the policy has",
  why:
    "A test can say which rule decides, by its kind, the bullet it serves and its reason. One that no rule fits can never pass; most " +
    "likely the rule was reworded, and the test was forgotten.",
  avoid: commission({
    more: `
      test "private notes stay private" {
        propose notes.read(path: "/notes/private/1.md") confidence 0.8
        expect return from scope by forbid serving summarise
      }`,
  }),
  prefer: commission({
    more: `
      test "private notes stay private" {
        propose notes.read(path: "/notes/private/1.md") confidence 0.8
        expect return from scope by forbid serving restrain
      }`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    if (!allWhole(context)) return;
    const known = new Map<string, readonly Named[]>();
    for (const ref of refsOf(context.program)) {
      const rules = known.get(ref.rule) ?? rulesOf(context.program, ref.rule);
      known.set(ref.rule, rules);
      const found = mismatch(ref, rules);
      if (found !== undefined) yield found;
    }
  },
};

function* refsOf(program: Program): Generator<Ast.RuleRef> {
  const ofSubject = (subject: Ast.Subject | undefined): Ast.RuleRef[] =>
    subject?.kind === "RuleSubject" ? [subject.rule] : [];
  for (const { node } of stepsOf(program, "ExpectStep")) if (node.by) yield node.by;
  for (const { node } of stepsOf(program, "ExpectRemedyStep")) if (node.by) yield node.by;
  for (const { node } of stepsOf(program, "ExpectAsksStep")) yield* ofSubject(node.about);
  for (const { node } of stepsOf(program, "AnsweredStep")) yield* ofSubject(node.about);
}

function rulesOf(program: Program, kind: Ast.RuleRef["rule"]): Named[] {
  const of = (...nodes: readonly { readonly because: Ast.Text | undefined }[]): Named[] =>
    nodes.map(({ because }) => ({ serving: [], because }));
  switch (kind) {
    case "permit":
    case "forbid":
      return [...statementsOf(program, "Permit")]
        .map(({ node }) => node)
        .filter((node) => node.effect === kind);
    case "ground":
      return of(...[...statementsOf(program, "Ground")].map(({ node }) => node));
    case "treat":
      return of(...[...statementsOf(program, "Treat")].map(({ node }) => node));
    case "gray":
      return of(...[...statementsOf(program, "Gray")].map(({ node }) => node));
    case "limit":
      return [...statementsOf(program, "Limit")].map(() => ({ serving: [], because: undefined }));
    case "fidelity":
      return [...statementsOf(program, "Fidelity")].map(() => ({ serving: [], because: undefined }));
  }
}

function mismatch(ref: Ast.RuleRef, rules: readonly Named[]): Found | undefined {
  const { serving, because } = ref;
  const kind = quote(ref.rule);
  const told = (message: string, at: Ast.Node["span"], next: string): Found => ({
    message,
    span: at,
    label: "no rule fits this",
    help: next,
  });
  if (rules.length === 0)
    return told(`this policy has no ${kind}`, ref.span, "name the kind of the rule that decides");
  const serve = serving === undefined ? rules : rules.filter((rule) => names(rule).includes(serving.text));
  if (serving !== undefined && serve.length === 0) {
    const meant = didYouMean(serving.text, rules.flatMap(names));
    const help =
      meant === undefined ? "name a bullet that such a rule serves" : `did you mean ${quote(meant)}?`;
    return told(`no ${kind} serves ${quote(serving.text)}`, serving.span, help);
  }
  if (because === undefined || serve.some((rule) => rule.because?.value === because.value)) return undefined;
  const reasons = serve.flatMap((rule) => rule.because?.value ?? []);
  const meant = didYouMean(because.value, reasons) ?? reasons[0];
  const help = meant === undefined ? "leave the reason out" : `write the rule's own: "${meant}"`;
  return told(`no such ${kind} gives this reason`, because.span, help);
}

const names = ({ serving }: Named): string[] => serving.map(({ text }) => text);
