import { visible } from "../index.js";

/** What is said of a fault of our own: one line, and where it happened only if somebody looks for it. */
export function faultText(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = `reshimu: internal error: ${visible(message).slice(0, 500)}, please report`;
  return debug && error instanceof Error && error.stack !== undefined
    ? `${line}\n${error.stack}\n`
    : `${line}\n`;
}
