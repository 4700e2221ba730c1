import type { Outcome, Trial } from "../support/property.js";

/** What a worker is told to try. */
export interface Task extends Omit<Trial, "onCheck"> {
  /** The property's id. */
  readonly property: string;
}

/** What a worker says: that checks come to an end, and what came of its task. */
export type Said =
  | { readonly kind: "alive" }
  | (Outcome & {
      readonly kind: "tried";
      readonly comparisons: number;
      /** Of processor time. */
      readonly seconds: number;
    });
