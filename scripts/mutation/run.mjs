// Runs mutation testing and says what survived: `npm run mutation [-- GLOB…]`. Fails where a mutant survives that is not
// listed as equivalent in equivalents.json, or where one that is listed does not survive.
import { readFileSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";
import Table from "cli-table3";

const globs = process.argv.slice(2);
const equivalents = JSON.parse(readFileSync("scripts/mutation/equivalents.json", "utf8"));
const options = {
  configFile: "scripts/mutation/stryker.json",
  ...(globs.length === 0 ? {} : { mutate: globs }),
};

await new Stryker(options).runMutationTest();
const { files } = JSON.parse(readFileSync("reports/mutation.json", "utf8"));

const folderOf = (file) =>
  file.startsWith("src/compiler/") ? "src/compiler/lower" : file.split("/").slice(0, 2).join("/");
const counts = new Map();
const count = (file, what) => {
  const of = counts.get(folderOf(file)) ?? { killed: 0, timeout: 0, survived: 0, equivalent: 0 };
  of[what] += 1;
  counts.set(folderOf(file), of);
};

const survivors = [];
const met = new Set();
for (const [file, { source, mutants }] of Object.entries(files)) {
  const lines = source.split("\n");
  for (const { status, mutatorName, replacement = "", location } of mutants) {
    const { line, column } = location.start;
    const of = {
      file,
      line: lines[line - 1].trim(),
      mutator: mutatorName,
      replacement: oneLine(replacement),
    };
    if (status === "Killed" || status === "Timeout") count(file, status.toLowerCase());
    else if (met.has(keyOf(of)) || equivalents.some((one) => keyOf(one) === keyOf(of))) {
      met.add(keyOf(of));
      count(file, "equivalent");
    } else {
      count(file, "survived");
      survivors.push(
        `${file}:${line}:${column} ${status} ${mutatorName}: ${of.line} => ${of.replacement.slice(0, 100)}`,
      );
    }
  }
}

function oneLine(text) {
  return text.replace(/\s+/g, " ");
}
function keyOf({ file, line, mutator, replacement }) {
  return JSON.stringify([file, line, mutator, replacement]);
}

const table = new Table({
  head: ["folder", "killed", "timeout", "survived", "equivalent", "score"],
  style: { head: [] },
});
for (const [folder, { killed, timeout, survived, equivalent }] of counts) {
  const score = (100 * (killed + timeout)) / Math.max(1, killed + timeout + survived);
  table.push([folder, killed, timeout, survived, equivalent, `${score.toFixed(2)} %`]);
}
console.log(survivors.join("\n"));
console.log(table.toString());

const stale = equivalents.filter((one) => Object.hasOwn(files, one.file) && !met.has(keyOf(one)));
for (const one of stale) console.error(`listed as equivalent, and not met: ${keyOf(one)}`);
if (survivors.length > 0 || stale.length > 0) process.exitCode = 1;
