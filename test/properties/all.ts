import { hostile } from "../hostile/properties.js";
import { t01 } from "./properties/t01-totality.js";
import { t02 } from "./properties/t02-all-four.js";
import { t03 } from "./properties/t03-exhaustive.js";
import { t04 } from "./properties/t04-irreducible.js";
import { t05 } from "./properties/t05-fail-closed.js";
import { t06 } from "./properties/t06-order-free.js";
import { t07 } from "./properties/t07-monotone.js";
import { t08 } from "./properties/t08-attenuation.js";
import { t08OfDelegations } from "./properties/t08-delegation.js";
import { t09 } from "./properties/t09-meet.js";
import { t10 } from "./properties/t10-deterministic.js";
import { t10Told } from "./properties/t10-told.js";
import { t11 } from "./properties/t11-confirmation-binds.js";
import { t12 } from "./properties/t12-honest-questions.js";
import { t12Sessions } from "./properties/t12-sessions.js";
import { t13 } from "./properties/t13-faithful-printing.js";
import { t14 } from "./properties/t14-tamper-evident.js";
import { t15 } from "./properties/t15-two-engines.js";
import type { Property } from "./support/property.js";

/**
 * Every property, in the groups in which the ordinary tests try them side by side: one file of tests each.
 */
export const groups = {
  /** What one decision is by itself. */
  decisions: [...t01, ...t02, ...t03, ...t04, ...t11, ...t12],
  /** What becomes of it as knowledge changes, and what the model makes of it. */
  knowledge: [...t05, ...t07, ...t15],
  /** What becomes of it as the policy is written otherwise. */
  policies: [...t06, ...t08, ...t08OfDelegations, ...t09, ...t10, ...t10Told, ...t13],
  /** What sessions make of it, and leave in the trace. */
  sessions: [...t12Sessions, ...t14],
  /** What comes of input that was made to do harm; `test/hostile` tries them. */
  hostile,
} as const satisfies { readonly [group: string]: readonly Property[] };

export const properties: readonly Property[] = Object.values(groups).flat();
