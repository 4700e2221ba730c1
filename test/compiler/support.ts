import { makeContext } from "../../src/compiler/check/context.js";
import { commission, type Parts } from "../../src/compiler/check/rules/snippets.js";
import { compilePolicy } from "../../src/compiler/compile.js";
import { loadUnits } from "../../src/compiler/layers.js";
import type { CheckContext, Files } from "../../src/compiler/program.js";
import type { CompileResult } from "../../src/compiler/result.js";
import { collectSymbols } from "../../src/compiler/symbols.js";
import { showType } from "../../src/ir/type.js";
import { renderDiagnostics } from "../../src/diagnostics/code-frame.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import { policySchema } from "../../src/schemas.js";

export type Texts = { readonly [path: string]: string };

export const entry = "policy.reshimu";

/** Files kept in memory, and what was read of them. */
export function memory(texts: Texts): Files & { readonly read: Files["read"]; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read(path) {
      asked.push(path);
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      return text === undefined ? { error: "there is no such file" } : { text };
    },
  };
}

export function compile(text: string, files: Texts = {}): CompileResult {
  return compilePolicy(entry, memory({ ...files, [entry]: text }));
}

export const codesOf = (result: CompileResult): string[] => result.diagnostics.map(({ code }) => code);

export const rendered = ({ diagnostics, sources }: CompileResult): string =>
  renderDiagnostics(diagnostics, (file) => sources.get(file), { color: false });

/** A policy that must compile, warnings apart, to a sound IR. */
export function policyOf(result: CompileResult): PolicyIr {
  if (result.policy === null) throw new Error(rendered(result));
  return policySchema.parse(result.policy);
}

/** The whole typed program of one file. */
export function contextOf(text: string): CheckContext {
  const files = memory({ [entry]: text });
  const loaded = loadUnits(entry, files);
  const unit = loaded.entry;
  if (unit === undefined || loaded.diagnostics.length > 0)
    throw new Error(loaded.diagnostics.map((d) => d.message).join("\n"));
  const { symbols, problems } = collectSymbols(loaded.units, files);
  const program = { entry: unit, units: loaded.units, intentUnit: unit, symbols, sources: loaded.sources };
  return makeContext(program, { problems, incomplete: false });
}

/** A commission with an argument of every type, facts, claims and sources, for expressions about `t.all`. */
export const workshop = (parts: Parts): string =>
  commission({
    ...parts,
    principals: 'principal board "The board"',
    intent: `given region: string
      given since: time = "2026-01-01"
      given limit: int = 3
      given who: { name: string, nick?: string }`,
    tools: `tool t.all(text: string, words: list<string>, n: int, amount: decimal, at: time, span: duration,
        file: path, link: url, mail: email, mails: list<email>, kind: enum("a", "b"), kinds: list<enum("a", "b")>, flag: bool,
        ints: list<int>, nums: list<decimal>, rec: { name: string, nick?: string }, recs: list<{ name: string, score?: int }>,
        blob: json, opt?: int, opts?: list<string>, orec?: { a: int })
      tool t.other(text: string, n: decimal, file: path)`,
    grounding: `source world is sqlite "./w.db" trust 0.9
      source web is tool t.all trust 0.5
      fact total(region: string): int from world "select :region"
      fact cutoff(at: time): time from world "select :at"
      fact maybe?(n: int): int from world "select :n"
      fact names(n: int): list<string> from world "select :n"
      fact amount_of(n: decimal): decimal from world "select :n"
      claim guess: int
      claim share: decimal
      ${parts.grounding ?? ""}`,
  });

/** The type of an expression about `t.all`, or the codes of what is wrong with it. */
export function typed(expression: string): string {
  const context = contextOf(workshop({ scope: `limit t.all to 3 per session each ${expression}` }));
  const own = context.typing.problems.filter(({ message }) => !message.startsWith("`each` takes"));
  if (own.length > 0) return own.map(({ code }) => code).join(" ");
  for (const declaration of context.program.entry.document.declarations) {
    if (declaration.kind !== "Scope") continue;
    const limit = declaration.statements.find((statement) => statement.kind === "Limit");
    const type = limit?.each && context.typing.types.get(limit.each);
    if (type !== undefined) return showType(type);
  }
  return "none";
}

/** What is wrong with a condition about `t.all`, in a forbid or another line. */
export function problemsOf(
  condition: string,
  line = `forbid t.all serving restrain when ${condition}`,
): string[] {
  return contextOf(workshop({ scope: line })).typing.problems.map(({ code }) => code);
}

/** The predicate of a condition about `t.all`. */
export function predicateOf(condition: string): unknown {
  const policy = policyOf(compile(workshop({ grounding: `ground t.all on situation ${condition}` })));
  return policy.layers[0]?.grounding?.grounds.find(({ tools }) => tools.includes("t.all"))?.condition;
}
