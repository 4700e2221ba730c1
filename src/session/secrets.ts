import type { Decision, Question, Report, ReportRule } from "../ir/decision.js";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import {
  type Hide,
  hideFields,
  holdsHidden,
  saltedDigest,
  secretTexts,
  takesSensitive,
  withoutSecrets,
  withoutSecretsIn,
} from "../ir/sensitive.js";
import { sensitiveQuestions, statementsReading } from "../ir/sensitive-reads.js";
import type { FieldIr } from "../ir/type.js";
import { normalise, toJson } from "../ir/value.js";
import type { TraceStore } from "../trace/store.js";

type Fields = { readonly [name: string]: Json };
type Questions = ReadonlyMap<string, ReadonlySet<number>>;

const questionsOf = new WeakMap<PolicyIr, Questions>();

/** The secrets of one tree of sessions; undefined where no tool of the policy takes any. */
export async function secretsOf(
  policy: PolicyIr,
  trace: TraceStore,
  root: string,
): Promise<Secrets | undefined> {
  if (!takesSensitive(policy)) return undefined;
  return new Secrets(policy, await trace.salt(root));
}

/**
 * Puts away what parameters marked `sensitive` hold, before anything is recorded or shown (language.md, `tool`). What does not fit
 * its tool is put away whole: nobody can tell where a secret is in it.
 */
export class Secrets {
  readonly salt: string;
  readonly #policy: PolicyIr;
  readonly #questions: Questions;

  constructor(policy: PolicyIr, salt: string) {
    this.#policy = policy;
    this.salt = salt;
    this.#questions = questionsOf.get(policy) ?? sensitiveQuestions(policy);
    questionsOf.set(policy, this.#questions);
  }

  /** What was sent, as it is recorded. */
  proposal(sent: Json): Json {
    if (!isObject(sent) || typeof sent.tool !== "string") return this.#hidden(sent);
    const params = this.#params(sent.tool);
    if (sent.args === undefined) return sent;
    const rest = withoutSecretsIn({ ...sent, args: null }, this.texts(sent)) as { [key: string]: Json };
    if (params === undefined || !isObject(sent.args)) return { ...rest, args: this.#hidden(sent.args) };
    return { ...rest, tool: sent.tool, args: hideFields(params, sent.args, this.#sent) };
  }

  /** Arguments in normal form, as the history keeps them; of a tool that is not declared all are put away. */
  values(tool: string, values: Fields): { [name: string]: Json } {
    const params = this.#params(tool);
    if (params !== undefined) return hideFields(params, values, this.#normal);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.#hidden(value)]));
  }

  /** The texts of what is sensitive in a proposal, as it was sent and in normal form. */
  texts(sent: unknown): ReadonlySet<string> {
    const { tool, args } = (isObject(sent as Json) ? sent : {}) as { tool?: Json; args?: Json };
    const params = typeof tool === "string" ? this.#params(tool) : undefined;
    if (params === undefined || args === undefined || !isObject(args)) return new Set();
    return new Set([...secretTexts(params, args), ...secretTexts(params, this.#normalised(params, args))]);
  }

  /** What sources answered, with no reason that quotes a secret: the reason becomes a part of what is told. */
  told(answers: readonly FactAnswer[], secrets: ReadonlySet<string>): FactAnswer[] {
    const quotes = (text: string): boolean => [...secrets].some((secret) => text.includes(secret));
    return answers.map((answer) => ({
      ...answer,
      answers: answer.answers.map((one) =>
        "silent" in one && quotes(one.silent)
          ? { ...one, silent: "says something that may quote a sensitive value" }
          : one,
      ),
    }));
  }

  /** Answers as they are recorded: a question that was asked with a secret does not say it, nor does an answer that repeats it. */
  answers(answers: readonly FactAnswer[], secrets: ReadonlySet<string>): FactAnswer[] {
    return answers.map(({ fact, args, answers: said }) => ({
      fact,
      args: this.#asked(fact, args),
      answers: said.map((one) =>
        "value" in one ? { ...one, value: withoutSecretsIn(one.value, secrets) } : one,
      ),
    }));
  }

  /** A decision as it is recorded and shown. */
  decision(decision: Decision, secrets: ReadonlySet<string>): Decision {
    const { action, assessments, remedies } = decision;
    const text = (one: string): string => withoutSecrets(this.#withoutQuestions(one), secrets);
    const unknowns = <T extends { key: string; reason: string }>(all: readonly T[]): T[] =>
      all.map((one) => ({ ...one, key: text(one.key), reason: text(one.reason) }));
    const { scope, grounding, reversibility } = assessments;
    const params = action === null ? undefined : this.#params(action.tool);
    return {
      ...decision,
      action:
        action === null || params === undefined
          ? action
          : { ...action, args: hideFields(params, action.args, (_, value) => this.#hidden(value)) },
      assessments: {
        ...assessments,
        scope: { ...scope, unknowns: unknowns(scope.unknowns), problems: scope.problems.map(text) },
        grounding: {
          ...grounding,
          unknowns: unknowns(grounding.unknowns),
          checks: grounding.checks.map((check) => ({ ...check, rests: check.rests.map(text) })),
        },
        reversibility: {
          ...reversibility,
          unknowns: unknowns(reversibility.unknowns),
          undo: reversibility.undo.map((undo) => ({ ...undo, args: this.#undo(undo, secrets) })),
        },
      },
      remedies: remedies.map((remedy) => ({ ...remedy, satisfy: text(remedy.satisfy) })),
      report: decision.report && this.#report(decision.report, action?.tool, text),
    };
  }

  /** Whether a proposal, as it was recorded, lacks values. */
  lacks(recorded: Json): boolean {
    return holdsHidden(recorded);
  }

  #params(tool: string): readonly FieldIr[] | undefined {
    return this.#policy.tools.find(({ name }) => name === tool)?.params;
  }

  #hidden(value: Json): Json {
    return saltedDigest(this.salt, value);
  }

  /** One value has one digest, however it was written. */
  readonly #sent: Hide = (type, value) => {
    const normal = normalise(type, value, this.#policy.zone);
    return this.#hidden(normal.ok ? toJson(type, normal.value) : value);
  };
  readonly #normal: Hide = (type, value) => this.#hidden(toJson(type, value));

  #normalised(params: readonly FieldIr[], args: Fields): Fields {
    const out = Object.create(null) as { [name: string]: Json };
    for (const [name, value] of Object.entries(args)) {
      const type = params.find((one) => one.name === name)?.type ?? "json";
      const normal = normalise(type, value, this.#policy.zone);
      out[name] = normal.ok ? toJson(type, normal.value) : value;
    }
    return out;
  }

  #undo(undo: Undo, secrets: ReadonlySet<string>): Undo["args"] {
    const params = this.#params(undo.tool) ?? [];
    return Object.fromEntries(
      Object.entries(undo.args).map(([name, arg]): [string, Undo["args"][string]] => {
        if (!("value" in arg)) return [name, arg];
        const field = params.filter((one) => one.name === name);
        const { [name]: value = null } = hideFields(field, { [name]: arg.value }, (_, one) =>
          this.#hidden(one),
        );
        return [name, { value: withoutSecretsIn(value, secrets) }];
      }),
    );
  }

  /** What is left of a condition quotes arguments: of one that reads a secret it is left out. */
  #report(report: Report, tool: string | undefined, text: (one: string) => string): Report {
    const signature = this.#policy.tools.find(({ name }) => name === tool);
    const reading = signature === undefined ? new Set() : statementsReading(this.#policy, signature);
    const rule = ({ residual, ...rest }: ReportRule): ReportRule =>
      residual === undefined || reading.has(rest.id) ? rest : { ...rest, residual: text(residual) };
    const question = ({ condition, choices, ...rest }: Question): Question => ({
      ...rest,
      text: text(rest.text),
      ...(condition === undefined || reading.has(rest.key) ? {} : { condition: text(condition) }),
      choices: choices.map(({ answer, then }) => ({ answer, then: "key" in then ? question(then) : then })),
    });
    const { source, questions } = report;
    return {
      ...report,
      source: { ...source, for: source.for.map(rule), against: source.against.map(rule) },
      questions: questions && question(questions),
    };
  }

  #asked(fact: string, args: readonly Json[]): Json[] {
    const places = this.#questions.get(fact);
    const params = this.#policy.facts.find(({ name }) => name === fact)?.params ?? [];
    return args.map((arg, place) =>
      places?.has(place) ? this.#normal(params[place]?.type ?? "json", arg) : arg,
    );
  }

  /** A fact that was asked with a secret is told by its key, `fact:NAME(ARGUMENTS)`. */
  #withoutQuestions(text: string): string {
    const [, name = "", json = ""] = /^fact:([^(]*)\((.*)\)$/su.exec(text) ?? [];
    if (!this.#questions.has(name)) return text;
    const args = JSON.parse(`[${json}]`) as Json[];
    return `fact:${name}(${canonicalJson(this.#asked(name, args)).slice(1, -1)})`;
  }
}

type Undo = Decision["assessments"]["reversibility"]["undo"][number];

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
