import type { CstNode, IToken } from "chevrotain";
import { type BodyRule, PolicyParser, type Progress } from "./parser.js";

/** What a run of the parser over some tokens gave. */
export interface Run {
  readonly tree: CstNode | undefined;
  readonly progress: Progress;
  /** The token at which it could not go on; undefined where it did not break or where the tokens were used up. */
  readonly stoppedAt: IToken | undefined;
  readonly failed: boolean;
  /** The rules that were being read when it broke. */
  readonly rules: readonly string[];
  /** Whether a rule broke, rather than that tokens were left over behind a complete one. */
  readonly inside: boolean;
}

export type StartRule = "file" | "narrowing" | "expr" | BodyRule;

let shared: PolicyParser | undefined;

/** The one parser; it is made when it is first asked for, since its analysis takes a while. */
export function parser(): PolicyParser {
  shared ??= new PolicyParser();
  return shared;
}

/** Reads tokens from a start rule up to the first error. */
export function run(start: StartRule, tokens: IToken[]): Run {
  const reader = parser();
  reader.input = tokens;
  reader.progress = { declaration: undefined, statement: undefined, body: undefined };
  const tree = reader[start]();
  const [error] = reader.errors;
  const { progress } = reader;
  if (error === undefined) {
    return { tree, progress, stoppedAt: undefined, failed: false, rules: [], inside: false };
  }
  const ended = error.token.tokenType.name === "EOF";
  return {
    tree: undefined,
    progress,
    stoppedAt: ended ? undefined : error.token,
    failed: true,
    rules: error.context.ruleStack,
    inside: error.name !== "NotAllInputParsedException",
  };
}
