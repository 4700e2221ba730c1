import type { Json } from "../../src/ir/json.js";
import type { Knowledge, Leaf, Observation } from "../../src/ir/knowledge.js";
import type { FieldIr, TypeIr } from "../../src/ir/type.js";
import type { PolicyIr, ToolSourceIr } from "../../src/ir/policy.js";
import { degree } from "./facts.js";
import { givenOf } from "./givens.js";
import { ofSession } from "./history.js";
import type { Traced } from "./put.js";
import { chunksOf, digitsIn, holdsRun, neighbours, numberOf, numbersIn, tokensOf } from "./tokens.js";
import { readTime, timeText } from "./time.js";
import { normalPath, normalUrl } from "./values.js";

/** What `X traced to S` comes to for one value (semantics.md, *Tracing*); undefined: not known. */
export interface Origin {
  readonly said: boolean | undefined;
  /** The highest trust of those in S that say it; 0 where none does. */
  readonly support: number;
}

export function originOf(policy: PolicyIr, knowledge: Knowledge, value: Json, question: Traced): Origin {
  const { sources, of } = question;
  const sought = soughtOf(value, question.form, policy.zone);
  const trusts = sources.flatMap((source) => trustIfSaid(policy, knowledge, source, sought));
  if (trusts.length > 0) return { said: true, support: degree(Math.max(...trusts)) };
  const truth = (said: boolean | undefined): Origin => ({ said, support: 0 });
  if (isOutstanding(knowledge)) return truth(undefined);
  if (sources.includes("intent") && mayBeGiven(policy, knowledge, sought)) return truth(undefined);
  return truth(of === "fact" || othersSay(policy, knowledge, sources, sought) ? false : undefined);
}

/** How a value is looked for: as a whole, and among the words of a text. */
interface Sought {
  readonly isWhole: (text: string) => boolean;
  readonly isIn: (text: string) => boolean;
  /** Whether it could come back from a text that was put in, though nobody would read it there: `0.5` from `-0.5`. */
  readonly hidesIn?: (text: string) => boolean;
}

/** The result of an authorized action of this session has not been observed. */
const isOutstanding = (knowledge: Knowledge): boolean =>
  ofSession(knowledge).some((action) => !action.observed);

// ------------------------------------------------------------------ who says it

function trustIfSaid(policy: PolicyIr, knowledge: Knowledge, source: string, sought: Sought): number[] {
  if (source === "intent") return intentSays(policy, knowledge, sought) ? [1] : [];
  const tool = policy.sources.find((one): one is ToolSourceIr => one.kind === "tool" && one.name === source);
  if (tool === undefined) return principalSays(knowledge, source, sought) ? [1] : [];
  const says = knowledge.observations.some(
    (observation) =>
      observation.sources.includes(source) &&
      !isEcho(policy, knowledge, observation, sought) &&
      observation.leaves.some((leaf) => leafSays(tool, leaf, sought)),
  );
  return says ? [tool.trust] : [];
}

function leafSays(source: ToolSourceIr, { path, text }: Leaf, sought: Sought): boolean {
  const counts = source.fields.length === 0 || source.fields.includes(path.join("."));
  return counts && (source.asText ? sought.isIn(text) : sought.isWhole(text));
}

const principalSays = (knowledge: Knowledge, principal: string, sought: Sought): boolean =>
  knowledge.said.some(({ by, text }) => by === principal && sought.isIn(text));

/** Bullets, the opening instruction and the givens. */
function intentSays(policy: PolicyIr, knowledge: Knowledge, sought: Sought): boolean {
  const bullets = policy.intent?.bullets.map((bullet) => bullet.text) ?? [];
  const instruction = knowledge.session.instruction ?? "";
  const givens = (policy.intent?.givens ?? []).flatMap((given) => {
    const value = given.type === "bool" ? undefined : givenOf(policy, knowledge, given.name);
    return value === undefined ? [] : textsOf(given.type, value);
  });
  return [...bullets, instruction, ...givens].some((text) => sought.isIn(text));
}

/** A given that nobody has answered yet could turn out to say it: then it is not false, and stays so when that is known (T7). */
function mayBeGiven(policy: PolicyIr, knowledge: Knowledge, sought: Sought): boolean {
  const open = (policy.intent?.givens ?? []).filter(
    (given) => givenOf(policy, knowledge, given.name) === undefined,
  );
  return open.some(({ type }) =>
    typeof type === "object" && "enum" in type ? type.enum.some(sought.isIn) : type !== "bool",
  );
}

/** Outputs of none of these sources, and principals that are none of them: as text. */
function othersSay(
  policy: PolicyIr,
  knowledge: Knowledge,
  sources: readonly string[],
  sought: Sought,
): boolean {
  const said = knowledge.said.some(({ by, text }) => !sources.includes(by) && sought.isIn(text));
  return (
    said ||
    knowledge.observations.some(
      (observation) =>
        !observation.sources.some((source) => sources.includes(source)) &&
        !isEcho(policy, knowledge, observation, sought) &&
        observation.leaves.some(({ text }) => sought.isIn(text)),
    )
  );
}

/** What an authorized action had put in before the output came is no origin when it comes back. */
function isEcho(policy: PolicyIr, knowledge: Knowledge, observation: Observation, sought: Sought): boolean {
  return ofSession(knowledge)
    .slice(0, observation.after)
    .some(({ tool, args }) => {
      const params = policy.tools.find((one) => one.name === tool)?.params ?? [];
      const texts = params.flatMap((param) =>
        args[param.name] === undefined ? [] : textsOf(param.type, args[param.name] as Json),
      );
      return texts.some((text) => sought.isWhole(text) || sought.isIn(text) || sought.hidesIn?.(text));
    });
}

/** The leaves of a value as text. */
function textsOf(type: TypeIr, value: Json): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) {
    const item: TypeIr = typeof type === "object" && "list" in type ? type.list : "json";
    return value.flatMap((one) => textsOf(item, one));
  }
  if (typeof value === "object") {
    const fields: readonly FieldIr[] = typeof type === "object" && "record" in type ? type.record : [];
    return Object.entries(value).flatMap(([name, one]) =>
      textsOf(fields.find((field) => field.name === name)?.type ?? "json", one),
    );
  }
  if (type === "time" && typeof value === "number") return [timeText(value)];
  return [String(value)];
}

// ------------------------------------------------------------------ how it is found

function soughtOf(value: Json, form: string, zone: string): Sought {
  switch (form) {
    case "number":
      return numberSought(value as number);
    case "time":
      return timeSought(value as number, zone);
    case "path":
      return spelledSought(String(value), normalPath);
    case "url":
      return urlSought(String(value));
    case "any":
      return typeof value === "number" ? numberSought(value) : wordsSought(String(value));
    default:
      return wordsSought(String(value));
  }
}

/** Nothing of one or two characters is found in a text. */
const isTold = (run: string): boolean => [...run].length > 2;

function wordsSought(value: string): Sought {
  const run = tokensOf(value);
  return {
    isWhole: (text) =>
      run.length > 0 && tokensOf(text).length === run.length && holdsRun(tokensOf(text), run),
    isIn: (text) => run.length > 0 && isTold(run.join(" ")) && holdsRun(tokensOf(text), run),
  };
}

const numberSought = (value: number): Sought => ({
  isWhole: (text) => numberOf(text) === value,
  isIn: (text) => isTold(String(value)) && numbersIn(text).some((one) => numberOf(one) === value),
  hidesIn: (text) =>
    isTold(String(Math.abs(value))) && digitsIn(text).some((one) => Number(one) === Math.abs(value)),
});

const timeSought = (value: number, zone: string): Sought => ({
  isWhole: (text) => readTime(text.trim(), zone) === value,
  isIn: (text) => wordsAsWritten(text, 2).some((one) => readTime(one, zone) === value),
});

/** As it is spelled in normal form, where case counts. */
function spelledSought(value: string, spelled: (text: string) => string | undefined): Sought {
  return {
    isWhole: (text) => spelled(text.normalize("NFKC").trim()) === value,
    isIn: (text) =>
      isTold(value) && wordsAsWritten(text, value.split(" ").length).some((one) => spelled(one) === value),
  };
}

/** Neighbouring words with what stands around them, and without. */
const wordsAsWritten = (text: string, most: number): string[] =>
  neighbours(chunksOf(text), most).flatMap((one) => [
    one,
    one.replace(/^['‘’“«*_`]+/u, "").replace(/[^\p{L}\p{N}\p{M}]+$/u, ""),
  ]);

/** The scheme counts where the origin wrote one; a trailing `/` does not. */
function urlSought(value: string): Sought {
  const scheme = value.slice(0, value.indexOf(":") + 1);
  const bare = (url: string | undefined): string | undefined => url?.replace(/\/+$/u, "");
  return spelledSought(bare(value) as string, (written) =>
    bare(normalUrl(/^[a-z][a-z\d+.-]*:/iu.test(written) ? written : `${scheme}//${written}`)),
  );
}
