import type { Span } from "../../../diagnostics/diagnostic.js";
import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { declarationsOf, nodesOfKind, statementsOf } from "./support/walk.js";

/** What speaks of tools and reads `now`, and where it does. */
interface Reader {
  readonly tools: readonly Ast.ToolRef[];
  readonly span: Span;
}

export const testNow: Rule = {
  code: "check/test-now",
  severity: "error",
  summary: "a test of an action whose rules read `now` says what time it is",
  why:
    "What reads the time decides otherwise at another time. A test that leaves it open shows how the action is decided at one moment " +
    "that nobody chose.",
  avoid: commission({
    scope: `
      forbid notes.write serving restrain
        when weekday(now) > 5`,
    more: `
      test "nothing is written on a Sunday" {
        propose notes.write(path: "/notes/summaries/1.md", body: "…") confidence 0.8
        expect confirm
      }`,
  }),
  prefer: commission({
    scope: `
      forbid notes.write serving restrain
        when weekday(now) > 5`,
    more: `
      test "nothing is written on a Sunday" {
        now = "2026-11-22T10:00"
        propose notes.write(path: "/notes/summaries/1.md", body: "…") confidence 0.8
        expect return from scope by forbid
      }`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    const readers = readersOf(context);
    if (readers.length === 0) return;
    const byTool = firstByTool(context, readers);
    for (const { node } of declarationsOf(context.program, "Test")) {
      for (const step of node.steps) {
        if (step.kind === "NowStep") break;
        if (step.kind !== "ProposeStep" && step.kind !== "ObserveStep") continue;
        const { tool } = step.call;
        const reader = byTool.get(tool.text);
        if (reader === undefined) continue;
        yield untimed(tool, reader);
        break;
      }
    }
  },
};

/** For each tool the first that speaks of it. */
function firstByTool({ toolsOf }: CheckContext, readers: readonly Reader[]): ReadonlyMap<string, Reader> {
  const first = new Map<string, Reader>();
  const seen = new Set<string>();
  for (const reader of readers)
    for (const ref of reader.tools) {
      // Thousands of lines may speak of one pattern, which covers thousands of tools.
      if (seen.has(ref.pattern)) continue;
      seen.add(ref.pattern);
      for (const { name } of toolsOf(ref)) if (!first.has(name)) first.set(name, reader);
    }
  return first;
}

function readersOf({ program }: CheckContext): Reader[] {
  const readers: Reader[] = [];
  const add = (node: Ast.Node, tools: readonly Ast.ToolRef[]): void => {
    const [first] = nodesOfKind<Extract<Ast.Expression, { kind: "Now" }>>(node, "Now");
    if (first !== undefined) readers.push({ tools, span: first.span });
  };
  for (const kind of ["Permit", "Limit", "Ground", "Treat", "Gray"] as const)
    for (const { node } of statementsOf(program, kind)) add(node, node.tools);
  for (const { node } of statementsOf(program, "Source"))
    if (node.origin.kind === "ToolOrigin") add(node, node.origin.tools);
  return readers;
}

const untimed = ({ text, span }: Ast.Dotted, reader: Reader): Found => ({
  message: `this test does not say what time it is, and what decides on ${quote(text)} reads \`now\``,
  span,
  label: "decided at a time that nobody chose",
  related: [{ span: reader.span, text: "reads the time" }],
  help: 'write the time before it: `now = "2026-01-31T09:00:00Z"`',
});
