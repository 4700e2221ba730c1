import { parseTime } from "../index.js";
import { wronglyUsed } from "./failure.js";

/** The clock of a command with `--now TIME`: that time always, else the platform's; a text that is no time ends the command. */
export function clockOf(now: string | undefined, zone: string): () => number {
  if (now === undefined) return Date.now;
  const at = parseTime(now, zone);
  if (at === undefined) throw wronglyUsed(`\`--now ${now}\` is no time: write one as 2026-01-31T09:00:00Z`);
  return () => at;
}

/** For commands that go on in a trace. */
export const nowOption = ["--now <time>", "the time, as 2026-01-31T09:00:00Z (default: the clock)"] as const;
