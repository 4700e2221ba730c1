import type { Rule } from "../../../program.js";
import { absentOpens } from "./absent-opens.js";
import { badSuppression } from "./bad-suppression.js";
import { coveredTool } from "./covered-tool.js";
import { duplicateRule } from "./duplicate-rule.js";
import { duplicateTest } from "./duplicate-test.js";
import { excludedMiddle } from "./excluded-middle.js";
import { expectsNothing } from "./expects-nothing.js";
import { forbidsEverything } from "./forbids-everything.js";
import { hiddenCharacter } from "./hidden-character.js";
import { httpWithoutTls } from "./http-without-tls.js";
import { idleBullet } from "./idle-bullet.js";
import { idleCondition } from "./idle-condition.js";
import { idleThreshold } from "./idle-threshold.js";
import { idleTool } from "./idle-tool.js";
import { idleValidator } from "./idle-validator.js";
import { looseGlob } from "./loose-glob.js";
import { looseRegex } from "./loose-regex.js";
import { mixedScripts } from "./mixed-scripts.js";
import { neverApplies } from "./never-applies.js";
import { oneSidedBound } from "./one-sided-bound.js";
import { overwhelmsReceiver } from "./overwhelms-receiver.js";
import { prefixWithoutSlash } from "./prefix-without-slash.js";
import { quotientEquality } from "./quotient-equality.js";
import { servesNothing } from "./serves-nothing.js";
import { shadowed } from "./shadowed.js";
import { sqlByLike } from "./sql-by-like.js";
import { staleBeyondUndo } from "./stale-beyond-undo.js";
import { tracesComposed } from "./traces-composed.js";
import { trustsAgent } from "./trusts-agent.js";
import { unconfirmed } from "./unconfirmed.js";
import { undoNotPermitted } from "./undo-not-permitted.js";
import { undoTooGrave } from "./undo-too-grave.js";
import { unusedClaim } from "./unused-claim.js";
import { unusedClass } from "./unused-class.js";
import { unusedFact } from "./unused-fact.js";
import { unusedGiven } from "./unused-given.js";
import { unusedPrincipal } from "./unused-principal.js";
import { unusedSource } from "./unused-source.js";
import { unusedSuppression } from "./unused-suppression.js";

/** The lints: what has a meaning, and most likely not the one that was meant (language.md, *Diagnostics*). */
export const lints: readonly Rule[] = [
  // The intent and what serves it.
  servesNothing,
  idleBullet,

  // Rules that do nothing.
  neverApplies,
  idleCondition,
  excludedMiddle,
  shadowed,
  duplicateRule,
  coveredTool,
  idleThreshold,
  idleValidator,
  forbidsEverything,

  // Declarations that nothing uses.
  idleTool,
  unusedPrincipal,
  unusedGiven,
  unusedSource,
  unusedFact,
  unusedClaim,
  unusedClass,

  // Conditions that let more through than they say.
  looseGlob,
  looseRegex,
  prefixWithoutSlash,
  oneSidedBound,
  absentOpens,
  quotientEquality,
  sqlByLike,

  // What is trusted.
  httpWithoutTls,
  trustsAgent,
  tracesComposed,

  // What is undone, and who says yes.
  unconfirmed,
  undoNotPermitted,
  undoTooGrave,
  staleBeyondUndo,

  // Tiers.
  overwhelmsReceiver,

  // Text that is not what it looks like.
  hiddenCharacter,
  mixedScripts,

  // Tests.
  duplicateTest,
  expectsNothing,

  // Comments that allow a lint; the last, for it looks at what the others found.
  badSuppression,
  unusedSuppression,
];
