import type { DiagnosticCode } from "../../../../diagnostics/diagnostic.js";
import type { CheckContext } from "../../../program.js";
import type { Found } from "./found.js";

/** What was found under a code while files were read, names collected and expressions typed. */
export function* alreadyFound(context: CheckContext, code: DiagnosticCode): Generator<Found> {
  for (const { code: theirs, ...found } of context.typing.problems) if (theirs === code) yield found;
}
