import { formatPolicy, policyDigest } from "reshimu";
import { runRules } from "../../dist/compiler/check/check.js";
import { makeContext } from "../../dist/compiler/check/context.js";
import { rules } from "../../dist/compiler/check/rules/index.js";
import { compilePolicy } from "../../dist/compiler/compile.js";
import { loadUnits } from "../../dist/compiler/layers.js";
import { lowerPolicy } from "../../dist/compiler/lower/policy.js";
import { collectSymbols } from "../../dist/compiler/symbols.js";
import { declarations, header } from "../../dist/syntax/build/document.js";
import { Findings } from "../../dist/syntax/findings.js";
import { lex } from "../../dist/syntax/lexer.js";
import { readTree } from "../../dist/syntax/recover.js";

const file = "bench.reshimu";

/**
 * The stages of compiling, each with what those before it made. A stage gets the whole state and adds to it; `clock` is told the
 * name of each and what it does.
 */
export function compileInStages(text, clock) {
  const source = { file, text };
  const findings = new Findings();
  const lexed = clock("lexing", () => lex(source, findings));
  const tree = clock("parsing", () => readTree("file", lexed, source, findings));
  clock("building the tree", () => {
    const at = { file, links: 0, tell: refuse };
    return [header(at, tree), declarations(at, tree)];
  });

  const files = { read: () => ({ text }) };
  const loaded = loadUnits(file, files);
  const { symbols, problems, incomplete } = clock("names", () => collectSymbols(loaded.units, files));
  const { entry, units, sources } = loaded;
  const program = { entry, units, intentUnit: entry, symbols, sources };
  const context = clock("types", () => makeContext(program, { problems, incomplete }));
  const found = clock("rules and lints", () => runRules(rules, context));
  if (found.length > 0) refuse(found[0].code, found[0].span, found[0].message);
  const policy = clock("lowering", () => lowerPolicy(context));
  clock("digest", () => policyDigest(policy));
  return { context, policy };
}

/** Each rule by itself, on one program; what rules share is paid for by the first that asks. */
export function eachRule(text, clock) {
  const { context } = compileInStages(text, (_, work) => work());
  const codes = new Set(rules.map(({ code }) => code));
  for (const rule of rules) clock(rule.code, () => [...rule.check(context, { codes, found: [] })]);
}

/** All of it as a caller has it. */
export function compileWhole(text) {
  const { policy, diagnostics } = compilePolicy(file, { read: () => ({ text }) });
  if (policy === null || diagnostics.length > 0) refuse("", undefined, diagnostics[0]?.message);
  return policy;
}

export function format(text) {
  const made = formatPolicy({ file, text });
  if (!made.ok) throw new Error(made.fault ?? made.diagnostics[0]?.message);
  return made.text;
}

function refuse(code, _, message) {
  throw new Error(`the benchmark's own policy is not sound: ${code} ${message}`);
}
