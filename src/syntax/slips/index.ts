import type { Slip } from "../trouble.js";
import { missingOpeningBrace, strayBrace, trailingComma } from "./brackets.js";
import { misspelt, unless, upperCase, wrongPlace } from "./keywords.js";
import { reservedWord, unquotedText } from "./names.js";
import { chained, equalsSign, notInside, openOperand, otherOperator } from "./operators.js";
import { missingOperand, noLiteral } from "./values.js";

/** The slips that have their own words, in the order in which they are tried: the surest first. */
export const slips: readonly Slip[] = [
  missingOpeningBrace,
  trailingComma,
  strayBrace,
  upperCase,
  equalsSign,
  otherOperator,
  chained,
  notInside,
  openOperand,
  reservedWord,
  noLiteral,
  wrongPlace,
  unquotedText,
  unless,
  misspelt,
  missingOperand,
];
