import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Cache } from "../../cache/folder.js";
import { PolicyCache } from "../../cache/policies.js";
import { createEngine, delegateTool, loadPolicy, MemoryTrace, type PolicyIr } from "../../index.js";
import { decideAll, exitCode, inMemory, openSessions } from "../eval/evaluate.js";
import type { ExitCode } from "../exit-codes.js";
import { createReport } from "../report.js";
import { reportError } from "../failure.js";
import { type QuickArguments, quickArguments } from "./arguments.js";
import { quickInput, quickTerminal } from "./streams.js";

/**
 * Runs `eval` on a policy that is built, or that was compiled before, and asks no source, with what this file and its imports bring: the code that other hooks of an agent
 * start for every single action. Undefined where that is not what is wanted, or where something is wrong before a line is read: the
 * whole programme does the same from the beginning, and says what it is.
 */
export async function quick(
  args: readonly string[],
  cache: Cache | undefined,
  version: string,
): Promise<ExitCode | undefined> {
  const told = quickArguments(args);
  if (told === undefined) return undefined;
  const run = await prepared(told, cache && new PolicyCache(cache, version));
  return run?.();
}

export type Quick = typeof quick;

async function prepared(
  { policy: file, proposals, options }: QuickArguments,
  cache: PolicyCache | undefined,
): Promise<(() => Promise<ExitCode>) | undefined> {
  try {
    const policy = file.endsWith(".json") ? builtPolicy(file) : cache?.find(sourceOf(file));
    const terminal = policy && quickTerminal();
    if (policy === undefined || terminal === undefined || needsMore(policy)) return undefined;
    const deciding = {
      engine: createEngine(policy),
      sources: undefined,
      trace: new MemoryTrace({ transient: true }),
    };
    const sessions = await openSessions(deciding, { ...options, trace: inMemory });
    const input = quickInput(proposals);
    if (input === undefined) return undefined;
    const { format, words, exitCode: mapped } = options;
    const report = createReport({ policy, format, terminal, name: input.name, withWords: words === true });
    return async () => {
      try {
        await decideAll(input, sessions, report);
        await report.end();
        return exitCode(report, mapped === true);
      } catch (error) {
        return reportError(error, terminal);
      }
    };
  } catch {
    return undefined;
  }
}

function builtPolicy(file: string): PolicyIr | undefined {
  const bytes = readFileSync(file);
  const loaded = isUtf8(bytes) && loadPolicy(bytes.toString());
  return loaded !== false && loaded.ok ? loaded.policy : undefined;
}

/** A folder means its policy. */
const sourceOf = (file: string): string =>
  statSync(file).isDirectory() ? path.join(file, "policy.reshimu") : file;

/** A source would have to be asked, or a layer compiled. */
const needsMore = ({ sources, tools }: PolicyIr): boolean =>
  sources.some(({ kind }) => kind !== "tool") || tools.some(({ name }) => name === delegateTool);
