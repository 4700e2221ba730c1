import type { Outcome, Trial } from "../support/property.js";

/** What a worker is told to try. */
export interface Task extends Omit<Trial, "onCheck" | "onFailure"> {
  /** The property's id. */
  readonly property: string;
}

/** What a worker says: that checks come to an end, that one failed and is being made small, and what came of its task. */
export type Said =
  | { readonly kind: "alive" }
  | { readonly kind: "failing"; readonly reason: string }
  | (Outcome & {
      readonly kind: "tried";
      readonly comparisons: number;
      /** Of processor time. */
      readonly seconds: number;
    });
