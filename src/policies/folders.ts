import { fileURLToPath } from "node:url";

// The package is two folders above this one, and above the bundle of the programme (`dist/whole/`), which holds this file too.

/** The folder of ready-to-use policies that come with the package: `std/…`. */
export const standardPolicies = fileURLToPath(new URL("../../policies/std/", import.meta.url));
