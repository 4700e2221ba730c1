import {
  createEngine,
  type Decision,
  type Engine,
  type EvalRecord,
  type FactAnswer,
  type Json,
  type Knowledge,
  type PolicyIr,
  type Proposal,
  runTests,
  type Session,
  SessionError,
  Store,
} from "../../src/index.js";
import { decisionSchema } from "../../src/schemas.js";

type Field = PolicyIr["tools"][number]["params"][number];
type Type = Field["type"];

const now = Date.UTC(2026, 1, 1, 12);

/** Some value of a type, as an agent would write it. */
function sample(type: Type, depth = 0): Json {
  if (typeof type === "string") return samples[type];
  if ("enum" in type) return type.enum[0] ?? "";
  if (depth > 100) return null;
  if ("list" in type) return [sample(type.list, depth + 1)];
  return sampleFields(type.record, depth + 1);
}

const samples: Readonly<Record<Extract<Type, string>, Json>> = {
  bool: true,
  int: 1,
  decimal: 0.5,
  string: "a",
  time: "2026-01-01T00:00:00Z",
  duration: "1d",
  path: "/a/b",
  url: "https://a.example/b?c=d#e",
  email: "a@b.example",
  json: { a: [1, null, "x"] },
};

function sampleFields(fields: readonly Field[], depth = 0): { [name: string]: Json } {
  const made = Object.create(null) as { [name: string]: Json };
  for (const field of fields) made[field.name] = sample(field.type, depth);
  return made;
}

/** So many of a policy's tools are proposed. */
const someTools = 3;

/** Proposals that fit, nearly fit and do not fit. */
export function proposalsFor(policy: PolicyIr): unknown[] {
  const claims = Object.fromEntries(
    policy.claims.slice(0, 20).map((claim) => [claim.name, { value: sample(claim.type), confidence: 0.9 }]),
  );
  const fitting = policy.tools.slice(0, someTools).flatMap((tool) => {
    const args = sampleFields(tool.params);
    const needed = sampleFields(tool.params.filter((param) => !param.optional));
    return [
      { tool: tool.name, args, confidence: 1, claims },
      { tool: tool.name, args: needed, confidence: 0.5 },
    ];
  });
  return [...fitting, { tool: policy.tools[0]?.name ?? "x", args: { ["__proto__"]: 1 } }, null];
}

export function knowing(policy: PolicyIr, answers: readonly FactAnswer[] = []): Knowledge {
  const [first] = policy.tools;
  return {
    now,
    session: { id: "s", instruction: "Read /a/b and write to a@b.example" },
    actor: { id: "agent", roles: ["admin"] },
    givens: sampleFields((policy.intent?.givens ?? []) as Field[]),
    answers,
    history:
      first === undefined
        ? []
        : [1, 2].map((hours) => ({
            session: "s",
            at: now - hours * 3_600_000,
            tool: first.name,
            args: sampleFields(first.params),
            classes: policy.layers.map(() => policy.classes[0]?.name ?? null),
            observed: true,
            trust: 0.5,
          })),
    observations: [],
    said: policy.principals.slice(0, 2).map((one) => ({ by: one.name, text: "a" })),
    rulings: [],
    confirmations: [],
  };
}

export function isDecision(decision: Decision): void {
  decisionSchema.parse(decision);
  JSON.stringify(decision);
}

/** Judges proposals with all, and with nothing known; facts that are asked for are answered by silence, then by a value. */
export function decideAll(
  engine: Engine,
  proposals: readonly unknown[],
  answers: readonly FactAnswer[] = [],
): void {
  const known = knowing(engine.policy, answers);
  const nothing = { ...known, givens: {}, history: [], said: [] };
  for (const proposal of proposals)
    for (const knowledge of [known, nothing]) {
      const { decision, asks } = engine.decide(proposal, knowledge);
      isDecision(decision);
      if (asks.length === 0) continue;
      const told = asks.slice(0, 50).map((ask) => ({
        ...ask,
        answers: [
          { source: "w", silent: "it failed" },
          { source: "s1", value: 1 },
        ],
      }));
      isDecision(engine.evaluate(proposal, { ...knowledge, answers: [...answers, ...told] }).decision);
    }
}

/** A whole life of a policy: engine, session, tests. Nothing but a SessionError may come of it. */
export async function liveThrough(policy: PolicyIr): Promise<void> {
  const engine = createEngine(policy);
  const proposals = proposalsFor(policy);
  decideAll(engine, proposals);
  await allowed(async () => {
    const { session } = await sessionOn(engine);
    for (const proposal of proposals) {
      isDecision(await session.propose(proposal));
      for (const by of policy.principals.slice(0, 2)) await allowed(() => session.confirm({ by: by.name }));
    }
    for (const tool of policy.tools.slice(0, someTools))
      await session.observe({
        tool: tool.name,
        args: sampleFields(tool.params),
        output: { a: ["x", 1], b: "/a/b" },
      });
    for (const proposal of proposals.slice(0, 4)) isDecision(await session.propose(proposal));
  });
  const results = await runTests({ ...policy, tests: policy.tests.slice(0, someTests) });
  for (const { expectations } of results) for (const { actual } of expectations) isDecision(actual);
}

const someTests = 20;

/** Lets pass what the session says of a caller's mistake. */
async function allowed(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof SessionError) || error.message === "") throw error;
  }
}

export async function sessionOn(engine: Engine): Promise<{ readonly session: Session }> {
  const store = new Store(engine, undefined, { clock: () => now });
  const givens = sampleFields((engine.policy.intent?.givens ?? []) as Field[]);
  return { session: await store.open({ givens, instruction: "Read /a/b" }) };
}

/** Takes a well-formed line of `eval`. */
export async function take(session: Session, line: unknown): Promise<void> {
  const record = line as Proposal & Partial<EvalRecord[keyof EvalRecord]>;
  await allowed(async () => {
    if ("observe" in record) await session.observe((record as EvalRecord["observe"]).observe as never);
    else if ("said" in record) await session.said((record as EvalRecord["said"]).said);
    else if ("confirm" in record)
      isDecision(await session.confirm((record as EvalRecord["confirm"]).confirm as never));
    else if ("rule" in record) await session.rule((record as EvalRecord["rule"]).rule as never);
    else if ("outcome" in record) await session.outcome((record as EvalRecord["outcome"]).outcome as never);
    else isDecision(await session.propose(record));
  });
}
