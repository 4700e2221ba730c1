import { hand, handChecked, handIndexed, handIndexedChecked } from "./hand.js";
import { reshimu, reshimuDecision, reshimuText } from "./reshimu.js";

export const peers = [
  hand,
  handIndexed,
  handChecked,
  handIndexedChecked,
  reshimu,
  reshimuDecision,
  reshimuText,
];
