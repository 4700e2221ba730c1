import { builtRecipes } from "./built.js";
import type { Recipe } from "./fill.js";
import { givenRecipes } from "./given.js";
import { policyRecipes } from "./policies.js";

export type { Recipe, TargetName } from "./fill.js";
export { targetNames } from "./fill.js";

/** Every large entry. */
export const recipes: readonly Recipe[] = [...policyRecipes, ...builtRecipes, ...givenRecipes];
