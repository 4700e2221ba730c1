import type { Rule } from "../../program.js";
import { agreeWithin } from "./agree-within.js";
import { ambiguousName } from "./ambiguous-name.js";
import { annotationLowers } from "./annotation-lowers.js";
import { badKey } from "./bad-key.js";
import { badLiteral } from "./bad-literal.js";
import { badPattern } from "./bad-pattern.js";
import { badRefinement } from "./bad-refinement.js";
import { badRows } from "./bad-rows.js";
import { badToolsFile } from "./bad-tools-file.js";
import { basesDiffer } from "./bases-differ.js";
import { boundaryContradiction } from "./boundary-contradiction.js";
import { boundaryExcess } from "./boundary-excess.js";
import { boundaryMissing } from "./boundary-missing.js";
import { boundaryNeighbours } from "./boundary-neighbours.js";
import { boundaryUnsaid } from "./boundary-unsaid.js";
import { boundaryVerb } from "./boundary-verb.js";
import { claimInFact } from "./claim-in-fact.js";
import { claimOutsideGround } from "./claim-outside-ground.js";
import { classChain } from "./class-chain.js";
import { conflictingSetting } from "./conflicting-setting.js";
import { delegateSignature } from "./delegate-signature.js";
import { duplicateBlock } from "./duplicate-block.js";
import { duplicate } from "./duplicate.js";
import { emptyBullet } from "./empty-bullet.js";
import { expectPossible } from "./expect-possible.js";
import { extendsCycle } from "./extends-cycle.js";
import { extensionDeclares } from "./extension-declares.js";
import { factFromTool } from "./fact-from-tool.js";
import { factLookup } from "./fact-lookup.js";
import { factTypes } from "./fact-types.js";
import { lints } from "./lint/index.js";
import { missingBlock } from "./missing-block.js";
import { missingEscalate } from "./missing-escalate.js";
import { missingOtherwise } from "./missing-otherwise.js";
import { narrowingBlocks } from "./narrowing-blocks.js";
import { neverAbsent } from "./never-absent.js";
import { noPermit } from "./no-permit.js";
import { notComparable } from "./not-comparable.js";
import { oneIntent } from "./one-intent.js";
import { outOfRange } from "./out-of-range.js";
import { sensitivePlace } from "./sensitive-place.js";
import { sensitiveRead } from "./sensitive-read.js";
import { sourceKind } from "./source-kind.js";
import { sourceLocator } from "./source-locator.js";
import { sourceOption } from "./source-option.js";
import { testNeedsIntent } from "./test-needs-intent.js";
import { testNow } from "./test-now.js";
import { testOrder } from "./test-order.js";
import { thinTrace } from "./thin-trace.js";
import { threeBullets } from "./three-bullets.js";
import { tooDeep } from "./too-deep.js";
import { tooManyFiles } from "./too-many-files.js";
import { typeMismatch } from "./type-mismatch.js";
import { undoArguments } from "./undo-arguments.js";
import { unguarded } from "./unguarded.js";
import { unknownBullet } from "./unknown-bullet.js";
import { unknownClass } from "./unknown-class.js";
import { unknownGiven } from "./unknown-given.js";
import { unknownName } from "./unknown-name.js";
import { unknownPrincipal } from "./unknown-principal.js";
import { unknownRule } from "./unknown-rule.js";
import { unknownSource } from "./unknown-source.js";
import { unknownTier } from "./unknown-tier.js";
import { unknownTool } from "./unknown-tool.js";
import { unknownValidator } from "./unknown-validator.js";
import { unknownZone } from "./unknown-zone.js";
import { unreadableFile } from "./unreadable-file.js";
import { wrongArguments } from "./wrong-arguments.js";

/** All rules, each a file of its own with its documentation (architecture.md, habit 2). */
export const rules: readonly Rule[] = [
  // Files.
  unreadableFile,
  extendsCycle,
  tooManyFiles,
  badToolsFile,
  badRefinement,
  annotationLowers,
  delegateSignature,

  // What a policy is made of.
  oneIntent,
  threeBullets,
  emptyBullet,
  missingBlock,
  duplicateBlock,
  extensionDeclares,
  narrowingBlocks,

  // Names: each declared once, each used as declared.
  duplicate,
  ambiguousName,
  unknownPrincipal,
  unknownBullet,
  unknownGiven,
  unknownSource,
  unknownClass,
  unknownTier,
  unknownValidator,
  unknownZone,
  badKey,

  // Expressions and their types.
  unknownName,
  unknownTool,
  typeMismatch,
  notComparable,
  wrongArguments,
  unguarded,
  neverAbsent,
  badLiteral,
  badPattern,
  claimOutsideGround,
  claimInFact,
  undoArguments,
  sensitiveRead,
  sensitivePlace,
  tooDeep,

  // Values.
  outOfRange,
  conflictingSetting,

  // Scope.
  noPermit,

  // Grounding.
  sourceKind,
  sourceLocator,
  sourceOption,
  factFromTool,
  factTypes,
  factLookup,
  agreeWithin,

  // Reversibility.
  classChain,
  missingOtherwise,

  // Discernment.
  missingEscalate,
  basesDiffer,

  // Tiers and what comes down through them.
  boundaryMissing,
  boundaryNeighbours,
  boundaryVerb,
  boundaryUnsaid,
  boundaryExcess,
  boundaryContradiction,
  thinTrace,

  // Tests.
  badRows,
  testOrder,
  testNow,
  unknownRule,
  testNeedsIntent,
  expectPossible,

  // Lints, which look at what the others found.
  ...lints,
];
