/** The four, in the order in which they always stand. */
export const validators = ["scope", "grounding", "reversibility", "discernment"] as const;

export type Validator = (typeof validators)[number];
