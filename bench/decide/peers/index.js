import { hand, handChecked, handIndexed, handIndexedChecked } from "./hand.js";
import { reshimu, reshimuDecision, reshimuText } from "./reshimu.js";

/** Those that need no other package. */
export const ours = [
  hand,
  handIndexed,
  handChecked,
  handIndexedChecked,
  reshimu,
  reshimuDecision,
  reshimuText,
];
