import { type Flaw, visible } from "../../index.js";

/** What kind of harm a flaw shows: a tail that is gone, a wrong key, or a trace that was changed. */
export function harmOf({ kind }: Flaw): "truncated" | "unsigned" | "tampered" {
  return kind === "truncated" || kind === "unsigned" ? kind : "tampered";
}

/** `tampered at #5 (changed): record 5 is not what its hash says`, `truncated at #9: …`. */
export function flawText(flaw: Flaw): string {
  const { kind, seq, message } = flaw;
  const harm = harmOf(flaw);
  return `${harm} at #${seq}${harm === kind ? "" : ` (${kind})`}: ${visible(message)}`;
}
