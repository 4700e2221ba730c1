import { parseArgs } from "node:util";
import type { EvalOptions } from "../eval/evaluate.js";

/** A command line that the quick way can serve. */
export interface QuickArguments {
  readonly policy: string;
  readonly proposals: string;
  readonly options: Omit<EvalOptions, "trace">;
}

/**
 * Recognises `eval` with the options that need neither a parser nor the world. Undefined for all else, also for what is wrong: the
 * whole programme says so.
 */
export function quickArguments([command, ...rest]: readonly string[]): QuickArguments | undefined {
  if (command !== "eval") return undefined;
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        given: { type: "string", multiple: true },
        instruction: { type: "string" },
        tier: { type: "string" },
        actor: { type: "string" },
        role: { type: "string", multiple: true },
        now: { type: "string" },
        words: { type: "boolean" },
        "exit-code": { type: "boolean" },
        format: { type: "string" },
      },
    });
    const { "exit-code": exitCode, words, format = "text", ...others } = values;
    const [policy, proposals = "-", ...more] = positionals;
    if (policy === undefined || more.length > 0 || others.actor === "") return undefined;
    if (format !== "text" && format !== "json") return undefined;
    const flags = { ...(words ? { words } : {}), ...(exitCode ? { exitCode } : {}) };
    return { policy, proposals, options: { ...others, ...flags, format } };
  } catch {
    return undefined;
  }
}
