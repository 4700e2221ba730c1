import { parseDuration, parseTime } from "../../index.js";
import { wronglyUsed } from "../failure.js";

/** A time, or a duration back from now, in milliseconds; anything else ends the command. */
export function pastTime(option: string, text: string): number {
  const duration = parseDuration(text);
  const at = duration === undefined ? parseTime(text, "UTC") : Date.now() - duration;
  if (at === undefined)
    throw wronglyUsed(
      `\`${option} ${text}\` is no time: write one as 2026-01-31T09:00:00Z, or how long ago, as 7d`,
    );
  return at;
}
