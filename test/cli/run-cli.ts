import pc from "picocolors";
import { run } from "../../src/cli/program.js";
import type { Output, Terminal } from "../../src/cli/terminal.js";

/** How long tests take differs from run to run. */
export const timeless = (text: string): string => text.replace(/ in \d+\.\d\d s\b/g, " in … s");

/** What a run of the programme gave. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the programme within this process, at a terminal of a hundred columns that shows no colours. */
export async function runCli(...args: readonly string[]): Promise<Ran> {
  return runAt({}, ...args);
}

/** As `runCli`, with another terminal. */
export async function runAt(
  { color = false, width = 100 }: { color?: boolean; width?: number },
  ...args: readonly string[]
): Promise<Ran> {
  const written = { out: "", err: "" };
  const output = (name: "out" | "err"): Output => ({
    color,
    width,
    paint: pc.createColors(color),
    write: async (text) => {
      written[name] += text;
    },
  });
  const terminal: Terminal = { out: output("out"), err: output("err"), progress: () => () => {} };
  return { code: await run(args, terminal), ...written };
}
