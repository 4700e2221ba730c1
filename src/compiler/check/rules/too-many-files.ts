import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

/** Files of which each extends the next. */
function tower(height: number): { [path: string]: string } {
  const files: { [path: string]: string } = { [`${height}.reshimu`]: `policy notes.n${height}\n` };
  for (let n = 1; n < height; n += 1)
    files[`${n}.reshimu`] = `policy notes.n${n} extends "./${n + 1}.reshimu"\n`;
  return files;
}

export const tooManyFiles: Rule = {
  code: "check/too-many-files",
  severity: "error",
  summary: "a policy has at most 200 files, and `extends` goes at most 50 deep",
  why: "Reading a policy must end, wherever it comes from. A policy made of so many files is one that nobody can review.",
  avoid: commission({}, { header: 'policy notes.summary extends "./1.reshimu"' }),
  prefer: commission({}, { header: 'policy notes.summary extends "./60.reshimu"' }),
  files: tower(60),
  check: (context: CheckContext) => alreadyFound(context, "check/too-many-files"),
};
