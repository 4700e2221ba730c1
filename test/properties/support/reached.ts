import { readFileSync } from "node:fs";
import { parseNarrowing, parsePolicy } from "../../../src/index.js";
import { isNarrowing, isReshimu, type Texts } from "../generate/model.js";

/** What of the language's syntax has been met in parsed texts. */
export class Reached {
  readonly kinds = new Set<string>();
  /** `Kind.field` of each field that may be absent, with whether it was there, was not, or was true or false. */
  readonly fields = new Map<string, Set<string>>();
  /** `Kind.field=text` of fields that are one of several words. */
  readonly words = new Set<string>();
  /** Names of functions and facts that were called. */
  readonly calls = new Set<string>();

  read(texts: Texts): void {
    for (const [file, text] of texts) {
      if (!isReshimu(file)) continue;
      const parse = isNarrowing(file) ? parseNarrowing : parsePolicy;
      this.#walk(parse({ file, text }).document);
    }
  }

  /** Options that were never written, or never left out where they are true or false. */
  get never(): string[] {
    return [...this.fields].flatMap(([field, seen]) => {
      if (seen.has("true") || seen.has("false"))
        return ["true", "false"].filter((one) => !seen.has(one)).map((one) => `${field}=${one}`);
      return seen.has("absent") && !seen.has("there") ? [field] : [];
    });
  }

  #walk(node: unknown): void {
    if (Array.isArray(node)) for (const one of node) this.#walk(one);
    else if (typeof node === "object" && node !== null) this.#note(node as { [field: string]: unknown });
  }

  #note(node: { readonly [field: string]: unknown }): void {
    const kind = typeof node.kind === "string" ? node.kind : "";
    if (kind !== "") this.kinds.add(kind);
    if (kind === "Reference" && node.args !== undefined) this.calls.add((node.name as { text: string }).text);
    for (const [field, value] of Object.entries(node)) {
      if (field === "span" || field === "kind") continue;
      if (kind !== "") this.#field(`${kind}.${field}`, value);
      this.#walk(value);
    }
  }

  #field(field: string, value: unknown): void {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    const seen = this.fields.get(field) ?? new Set<string>();
    seen.add(typeof value === "boolean" ? String(value) : isEmpty ? "absent" : "there");
    this.fields.set(field, seen);
    if (typeof value === "string") this.words.add(`${field}=${value}`);
  }
}

const ast = readFileSync("src/syntax/ast.ts", "utf8");

/** All kinds of nodes that the syntax tree declares; `Invalid` is what cannot be read. */
export const declaredKinds = [
  ...new Set([...ast.matchAll(/readonly kind: "(\w+)"/g)].map(([, kind]) => kind as string)),
].filter((kind) => kind !== "Invalid");

/** `Kind.field=word` of each field that the syntax tree declares as one of several words. */
export const declaredWords = [
  ...[...unionOf("BinaryOperator")].map((word) => `Binary.operator=${word}`),
  ...[...unionOf("GroundAspect")].map((word) => `Ground.on=${word}`),
  ...[...unionOf("DecisionWord")].map((word) => `ExpectStep.decision=${word}`),
  ...["permit", "forbid"].map((word) => `Permit.effect=${word}`),
  ...["carries", "withholds", "grants", "passes"].map((word) => `Hold.verb=${word}`),
  ...["like", "matches"].map((word) => `Match.operator=${word}`),
  ...["every", "some", "no"].map((word) => `Quantified.quantifier=${word}`),
  ...["count", "sum"].map((word) => `Tally.tally=${word}`),
  ...["given", "claim", "actor", "session", "name"].map((word) => `Reference.root=${word}`),
  "Assert.never=without confirmation",
  "GivenStep.value=unknown",
  "FactStep.value=unknown",
];

function unionOf(name: string): Set<string> {
  const [, union = ""] = new RegExp(`export type ${name} =([^;]*);`).exec(ast) ?? [];
  return new Set([...union.matchAll(/"([^"]+)"/g)].map(([, word]) => word as string));
}
