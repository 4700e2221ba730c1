import { compilePolicy } from "../../src/compiler/compile.js";
import { renderDiagnostics } from "../../src/diagnostics/code-frame.js";
import { createEngine, type Engine, type Evaluation } from "../../src/engine/engine.js";
import type { Decision } from "../../src/ir/decision.js";
import type { Json } from "../../src/ir/json.js";
import type { FactAnswer, Knowledge, Observation, PastAction } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import type { Proposal } from "../../src/ir/proposal.js";

/** The blocks of a policy, each with what is in place of its default. */
export interface Blocks {
  readonly header?: string;
  readonly principals?: string;
  readonly givens?: string;
  readonly tools?: string;
  readonly scope?: string;
  readonly grounding?: string;
  readonly reversibility?: string;
  readonly discernment?: string;
  readonly more?: string;
}

/** A commission that lets everything through, so that a block put in its place is all that is seen of it. */
export function commission(blocks: Blocks = {}): string {
  const {
    header = "policy test",
    principals = 'principal owner "The owner"\nprincipal board "The board"',
    givens = "",
    tools = "tool act(n: int, who?: string)\ntool idle()",
    scope = "permit *",
    grounding = "unsupported at most 1",
    reversibility = "class free\notherwise free",
    discernment = "threshold 0.5\nescalate owner within 4h, then board within 1d",
    more = "",
  } = blocks;
  return `${header}
${principals}
intent {
  find "Find what is there."
  tell "Tell of it."
  keep "Keep all else."
  ${givens}
}
${tools}
scope { ${scope} }
grounding { ${grounding} }
reversibility { ${reversibility} }
discernment { ${discernment} }
${more}
`;
}

/** Compiles a policy; `files` are others that it names. */
export function compiled(text: string, files: { readonly [path: string]: string } = {}): PolicyIr {
  const all: { readonly [path: string]: string } = { ...files, "policy.reshimu": text };
  const { policy, diagnostics, sources } = compilePolicy("policy.reshimu", {
    read: (path) => {
      const found = Object.hasOwn(all, path) ? all[path] : undefined;
      return found === undefined ? { error: "there is no such file" } : { text: found };
    },
  });
  if (policy === null)
    throw new Error(
      renderDiagnostics(diagnostics.filter(isError), (file) => sources.get(file), { color: false }),
    );
  return policy;
}

const isError = ({ severity }: { readonly severity: string }): boolean => severity === "error";

/** An engine for a commission of these blocks. */
export const engineOf = (blocks: Blocks = {}): Engine => createEngine(compiled(commission(blocks)));

/** What the store knows, if it says nothing else: nothing. */
export function knowing(more: Partial<Knowledge> = {}): Knowledge {
  return {
    now: Date.UTC(2026, 0, 31, 12),
    session: { id: "s" },
    actor: { id: "agent", roles: [] },
    givens: {},
    answers: [],
    history: [],
    observations: [],
    said: [],
    rulings: [],
    confirmations: [],
    ...more,
  };
}

/** An earlier action, observed, of this session, an hour ago. */
export function past(
  tool: string,
  args: { readonly [name: string]: Json },
  more: Partial<PastAction> = {},
): PastAction {
  return {
    session: "s",
    at: knowing().now - 3_600_000,
    tool,
    args,
    classes: ["free"],
    observed: true,
    trust: 1,
    ...more,
  };
}

/** What a tool returned: a text, or leaves by their paths. */
export function returned(
  tool: string,
  sources: readonly string[],
  leaves: string | { readonly [path: string]: string },
  after = 1,
): Observation {
  const all = typeof leaves === "string" ? [["", leaves] as const] : Object.entries(leaves);
  return {
    tool,
    sources,
    after,
    leaves: all.map(([path, text]) => ({ path: path === "" ? [] : path.split("."), text })),
  };
}

/** What sources answered to a fact without arguments, or with these. */
export function answered(
  fact: string,
  answers: { readonly [source: string]: Json | { readonly silent: string } },
  args: readonly Json[] = [],
): FactAnswer {
  return {
    fact,
    args,
    answers: Object.entries(answers).map(([source, said]) =>
      typeof said === "object" && said !== null && !Array.isArray(said) && typeof said.silent === "string"
        ? { source, silent: said.silent }
        : { source, value: said as Json },
    ),
  };
}

/** The decision on `act`, if no other tool is named, on what is known. */
export function evaluated(
  engine: Engine,
  proposal: Partial<Proposal> = {},
  more: Partial<Knowledge> = {},
): Evaluation {
  return engine.evaluate({ tool: "act", args: { n: 1 }, confidence: 1, ...proposal }, knowing(more));
}

/** As `evaluated`: only the decision. */
export const decided = (
  engine: Engine,
  proposal: Partial<Proposal> = {},
  more: Partial<Knowledge> = {},
): Decision => evaluated(engine, proposal, more).decision;

/** The four findings, in a row. */
export const findingsOf = ({
  assessments: { scope, grounding, reversibility, discernment },
}: Decision): string[] => [scope.finding, grounding.finding, reversibility.finding, discernment.finding];
