import { createTwoFilesPatch } from "diff";
import { compilePolicy } from "../compiler/compile.js";
import type { Files } from "../compiler/program.js";
import { createEngine } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Knowledge } from "../ir/knowledge.js";
import type { Place, PolicyIr, ToolIr } from "../ir/policy.js";
import { literalText, stringText, toolText } from "../ir/print-names.js";
import { normalise, normaliseFields } from "../ir/value.js";
import { formatPolicy } from "../syntax/format/format.js";
import { narrowed, statementAt, withDefault, withLine, withScopeLine } from "./edit.js";
import { pinnedText, Unsayable } from "./pin.js";

/** A ruling that is to hold for good. */
export interface PatchRequest {
  readonly policy: PolicyIr;
  /** The policy file as it was given to the compiler, and how its files are read. */
  readonly entry: string;
  readonly files: Files;
  /** What was asked: the decision, the proposal it is on, and what that is judged on. */
  readonly decision: Decision;
  readonly proposal: Json;
  readonly knowledge: Knowledge;
  readonly question: string;
  readonly answer: Json;
  readonly by: string;
  /** A name of a file in the diff, of a name that the compiler reads it by. */
  readonly shown: (file: string) => string;
}

export type Patch =
  | { readonly ok: true; readonly diff: string }
  | { readonly ok: false; readonly problem: string };

/**
 * A ruling as a change of the policy (semantics.md, *The Beiur report*): a unified diff that can be applied as it stands, for a person to
 * read and commit. A given gets its value; what a permit, forbid, treat or gray line leaves open is decided for exactly these arguments.
 * Before it is given out the changed policy is compiled, and the same proposal judged under it: the question must not be asked any more.
 * `problem`: why it cannot be said as a line of the policy, a sentence.
 */
export function patchOf(request: PatchRequest): Patch {
  try {
    const { file, before, after } = changed(request);
    const formatted = formatPolicy({ file, text: after });
    if (!formatted.ok) throw new Unsayable("the line for it cannot be written");
    requireSettled(request, file, formatted.text);
    const name = request.shown(file);
    return {
      ok: true,
      diff: createTwoFilesPatch(`a/${name}`, `b/${name}`, before, formatted.text, "", "", {
        context: 3,
      }).replace(/^=+\n/, ""),
    };
  } catch (error) {
    if (error instanceof Unsayable) return { ok: false, problem: error.message };
    throw error;
  }
}

interface Changed {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

function changed(request: PatchRequest): Changed {
  const { policy, question, by } = request;
  if (!policy.principals.some(({ name }) => name === by))
    throw new Unsayable(`no principal is called \`${by}\``);
  const place = policy.spans[question]?.[0];
  if (place === undefined)
    throw new Unsayable(`the policy does not say where \`${question}\` stands: give it in source`);
  if (place.file.startsWith("std/"))
    throw new Unsayable(
      `the line stands in \`${place.file}\`, which comes with the package: rule on it in a layer of your own`,
    );
  const { file } = place;
  const before = textOf(request, file);
  const after = question.startsWith("given:")
    ? givenChanged(request, place, before)
    : ruleChanged(request, place, before);
  return { file, before, after };
}

function textOf({ files }: PatchRequest, file: string): string {
  const read = files.read(file);
  if ("error" in read) throw new Unsayable(`\`${file}\` cannot be read: ${read.error}`);
  return read.text;
}

function givenChanged({ policy, question, answer }: PatchRequest, place: Place, text: string): string {
  const given = policy.intent?.givens.find(({ name }) => `given:${name}` === question);
  const statement = statementAt(place.file, text, place);
  if (given === undefined || statement.kind !== "Given")
    throw new Unsayable(`\`${question}\` is no given of the policy`);
  const value = normalise(given.type, answer, policy.zone);
  if (!value.ok) throw new Unsayable(`the answer to \`given.${given.name}\` ${value.problem}`);
  const literal = literalText(value.value, given.type);
  if (literal === undefined) throw new Unsayable(`the answer to \`given.${given.name}\` has no literal`);
  return withDefault(text, statement, literal);
}

function ruleChanged(request: PatchRequest, place: Place, text: string): string {
  const { question, answer, decision, policy } = request;
  if (typeof answer !== "boolean") throw new Unsayable(`the answer to \`${question}\` is yes or no`);
  const [kind] = question.split("/");
  const tool = policy.tools.find((one) => one.name === decision.action?.tool);
  if (tool === undefined || !sayable.has(kind as string))
    throw new Unsayable(
      `an answer to a \`${kind}\` line is of this moment alone, and no line of a policy: what sources and messages say is not for a policy to say`,
    );
  const statement = statementAt(place.file, text, place);
  if (statement.kind === "Given") throw new Unsayable(`\`${question}\` is no rule of the policy`);
  const pinned = pinnedText(policy, tool, argumentsOf(request, tool));
  const because = `because ${stringText(`ruled by ${request.by}`)}`;
  const name = toolText(tool.name) ?? tool.name;
  switch (statement.kind) {
    case "Permit": {
      if (statement.effect === "forbid" && !answer) return narrowed(text, statement, pinned);
      const effect = answer ? statement.effect : "forbid";
      const serving = statement.serving.length === 0 ? "" : ` serving ${sourceOf(text, statement.serving)}`;
      return withLine(text, statement, `${effect} ${name}${serving} when ${pinned} ${because}`);
    }
    case "Treat": {
      if (!answer) return narrowed(text, statement, pinned);
      return withLine(
        text,
        statement,
        `treat ${name} as ${sourceOf(text, [statement.as])} when ${pinned} ${because}`,
      );
    }
    case "Gray":
      if (answer) return narrowed(text, statement, pinned);
      return withScopeLine(place.file, text, `forbid ${name} when ${pinned} ${because}`);
  }
}

const sayable: ReadonlySet<string> = new Set(["permit", "forbid", "treat", "gray"]);

const sourceOf = (
  text: string,
  nodes: readonly { readonly span: { readonly start: number; readonly end: number } }[],
) => nodes.map(({ span }) => text.slice(span.start, span.end)).join(", ");

function argumentsOf({ decision, policy }: PatchRequest, tool: ToolIr): { readonly [name: string]: Json } {
  const args = normaliseFields(tool.params, decision.action?.args ?? {}, policy.zone);
  if (!args.ok) throw new Unsayable(`\`${tool.name}\` ${args.problem}`);
  return args.value as { readonly [name: string]: Json };
}

/** The changed policy checks, and the same proposal is no longer open on that question. */
function requireSettled(request: PatchRequest, file: string, text: string): void {
  const { files, entry, proposal, knowledge, question } = request;
  const { policy, diagnostics } = compilePolicy(entry, {
    ...files,
    read: (path) => (path === file ? { text } : files.read(path)),
  });
  if (policy === null) {
    const error = diagnostics.find(({ severity }) => severity === "error");
    throw new Unsayable(`with it the policy would not check: ${error?.message ?? "it cannot be read"}`);
  }
  const { decision } = createEngine(policy).decide(proposal, knowledge);
  if (decision.decision !== "clarify") return;
  const { scope, grounding, reversibility } = decision.assessments;
  const open = [scope, grounding, reversibility].flatMap(({ unknowns }) => unknowns.map(({ key }) => key));
  const asked = decision.remedies.flatMap(({ questions }) => questions ?? []);
  if (question.startsWith("given:") ? open.includes(question) : asked.includes(question))
    throw new Unsayable("the question would be open all the same");
}
