import {
  didYouMean,
  type EvalRecord,
  type Json,
  misfitOf,
  readJson,
  type RecordKind,
  recordKinds,
} from "../index.js";

/** One line of `eval`, read. */
export type Entry = { readonly session: string | undefined } & (
  | { readonly kind: "propose"; readonly proposal: Json }
  | {
      readonly [K in RecordKind]: { readonly kind: K; readonly word: EvalRecord[K][K & keyof EvalRecord[K]] };
    }[RecordKind]
);

/** A line read, or what is wrong with it: half a sentence that the line's number stands before. */
export type ReadEntry =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly problem: string };

const bad = (problem: string): ReadEntry => ({ ok: false, problem });

/** A line has no lines: only the column is told. */
const inLine = (problem: string): string => problem.replace(/ at \d+:(\d+)$/, " at column $1");

/** What a line must be, for the person who wrote another one. */
const advice = `a line is one JSON object: a proposal {"tool":…,"args":{…}}, or one of ${recordKinds.map((kind) => `{"${kind}":{…}}`).join(", ")}`;

/** Reads a line. A proposal is only looked at as far as to tell that it is one: what it says is for the engine to judge. */
export function readEntry(text: string): ReadEntry {
  const read = readJson(text);
  if (!read.ok) return bad(inLine(read.problem));
  const { value } = read;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return bad(`is not an object; ${advice}`);
  if (Object.hasOwn(value, "tool"))
    return { ok: true, entry: { kind: "propose", session: sessionOf(value), proposal: value } };
  const named = recordKinds.filter((one) => Object.hasOwn(value, one));
  const [kind] = named;
  if (kind === undefined) return bad(`is neither a proposal nor a record${hint(value)}; ${advice}`);
  if (named.length > 1)
    return bad(
      `is several records at once, ${named.map((one) => `\`${one}\``).join(" and ")}: write a line for each`,
    );
  const problem = problemOf(kind, value);
  if (problem !== undefined) return bad(problem);
  return { ok: true, entry: { kind, session: sessionOf(value), word: value[kind] } as unknown as Entry };
}

const sessionOf = (value: { readonly [key: string]: Json }): string | undefined => {
  const session = Object.hasOwn(value, "session") ? value.session : undefined;
  return typeof session === "string" ? session : undefined;
};

function hint(value: object): string {
  for (const key of Object.keys(value)) {
    const near = didYouMean(key, ["tool", ...recordKinds]);
    if (near !== undefined) return ` (did you mean \`${near}\`?)`;
  }
  return "";
}

/** How each record is written, shown where one is written otherwise. */
const forms: { readonly [K in RecordKind]: string } = {
  observe: '{"observe":{"tool":"crm.query","args":{…},"output":…}}',
  said: '{"said":{"by":"owner","text":"…"}}',
  confirm: '{"confirm":{"by":"owner"}} or {"confirm":{"by":"owner","answer":false}}',
  rule: '{"rule":{"by":"owner","given":"region","answer":"EU"}}, or with "question" for "given"',
  outcome:
    '{"outcome":{"result":"worked"}}, or "failed" or "undone", and "claims":{"fits":true} where they are known',
};

function problemOf(kind: RecordKind, value: Json): string | undefined {
  const misfit = misfitOf(kind, value);
  if (misfit === undefined) return undefined;
  const where = misfit.path.join(".").slice(0, 100);
  const wrong = `${where === "" ? "" : `\`${where}\`: `}${misfit.message.slice(0, 200)}`;
  return `is no \`${kind}\` record (${wrong}); it is written ${forms[kind]}`;
}
