// A test runner for Stryker that keeps the tests in one process: they are collected once, by vitest's own runner, and each
// mutant then costs no more than the tests that reach it. (Its runner for vitest starts anew for every mutant.)
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
} from "@stryker-mutator/api/test-runner";
import { SnapshotClient } from "@vitest/snapshot";
import { NodeSnapshotEnvironment } from "@vitest/snapshot/environment";
import { collectTests } from "@vitest/runner";
import { chai, TestRunner } from "vitest";

/** The tests of what is mutated. */
const folders = ["test/logic", "test/validators", "test/engine", "test/compiler/lower"];
const compiler = ["lower", "predicates", "layers", "narrowing", "guards"];
const filesOf = () =>
  [
    ...folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
    ...compiler.map((name) => `test/compiler/${name}.test.js`),
    "test/conformance/library.test.js",
  ].filter((path) => path.endsWith(".test.js") && !path.endsWith("knowledge.test.js"));

/** Properties over many random inputs, and over long ones, take longer than all others together. */
const leftOut =
  /\(T2\)$|whatever JSON it is$|in linear time|a long one among them|two hundred thousand|is looked for as far|a list that is too long|just below 1 MiB|a long list is looked at|whatever the conditions and the frame >|in the same normal form$|is whatever path is in normal form/;

globalThis.__stryker__ ??= {};

class InProcessRunner {
  // Modules stay loaded: for a mutant of what is done while they load, Stryker starts a new process.
  capabilities = () => ({ reloadEnvironment: false });

  #mutants = globalThis.__stryker__;
  #tests;

  async dryRun() {
    const tests = [];
    for (const test of await this.#load()) {
      this.#mutants.currentTestId = test.id;
      const start = performance.now();
      const failureMessage = await failureOf(test);
      const told = {
        id: test.id,
        name: test.name,
        fileName: test.file,
        timeSpentMs: performance.now() - start,
      };
      tests.push(
        failureMessage === undefined
          ? { ...told, status: TestStatus.Success }
          : { ...told, status: TestStatus.Failed, failureMessage },
      );
    }
    this.#mutants.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#mutants.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, hitLimit }) {
    this.#mutants.hitCount = 0;
    this.#mutants.hitLimit = hitLimit;
    this.#mutants.activeMutant = mutantActivation === "static" ? activeMutant.id : undefined;
    let tests;
    try {
      tests = await this.#load();
    } catch (error) {
      return {
        status: MutantRunStatus.Killed,
        killedBy: ["load"],
        failureMessage: String(error),
        nrOfTests: 0,
      };
    }
    this.#mutants.activeMutant = activeMutant.id;
    const covering = new Set(testFilter ?? tests.map(({ id }) => id));
    const chosen = tests.filter(({ id }) => covering.has(id)).sort(nearestTo(activeMutant.fileName));
    let nrOfTests = 0;
    for (const test of chosen) {
      const failureMessage = await failureOf(test);
      nrOfTests += 1;
      const timeout = determineHitLimitReached(this.#mutants.hitCount, hitLimit);
      if (timeout !== undefined) return timeout;
      if (failureMessage !== undefined)
        return { status: MutantRunStatus.Killed, killedBy: [test.id], failureMessage, nrOfTests };
    }
    // With no test run nothing is said about the mutant.
    if (nrOfTests === 0) return { status: MutantRunStatus.Error, errorMessage: "no test was run" };
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  async #load() {
    this.#tests ??= await loadTests();
    return this.#tests;
  }
}

/** The tests that bear the name of the mutated file first, then those of its folder: most mutants end there. */
function nearestTo(fileName) {
  const [, folder] = fileName.match(/src.([^\\/]+)/) ?? [];
  const name = `${basename(fileName, ".ts")}.test.ts`;
  const rank = ({ file }) => (basename(file) === name ? 0 : file.split(sep).includes(folder) ? 1 : 2);
  return (a, b) => rank(a) - rank(b);
}

/** All tests of all files, those of a file in their order. Throws where a file cannot be loaded. */
async function loadTests() {
  const snapshots = new SnapshotClient();
  let current;
  // Vitest's own asks its worker, which is not here.
  chai.util.addMethod(chai.Assertion.prototype, "toMatchSnapshot", function () {
    snapshots.assert({ received: this._obj, filepath: current.file, name: current.name });
  });
  // Only what the sources do while they load is static. What test files do while they are collected is not counted: the
  // same mutants are reached by their tests, for which they are active.
  await import(pathToFileURL(resolve("src/index.js")).href);
  const atLoad = structuredClone(globalThis.__stryker__.mutantCoverage?.static ?? {});
  const collected = await collectTests(filesOf(), {
    config: {
      root: process.cwd(),
      setupFiles: [],
      sequence: { hooks: "stack", setupFiles: "list", seed: 0 },
      maxConcurrency: 1,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      retry: 0,
      tags: [],
      allowOnly: false,
    },
    trace: (_name, ...rest) => rest.at(-1)(),
    importFile: (path) => import(pathToFileURL(resolve(path)).href),
  });
  if (globalThis.__stryker__.mutantCoverage !== undefined)
    globalThis.__stryker__.mutantCoverage.static = atLoad;
  const tests = [];
  for (const file of collected) {
    if (file.result?.state === "fail") throw new Error(`${file.name}: ${file.result.errors[0].message}`);
    const path = file.filepath.replace(/\.js$/, ".ts");
    const hasSnapshots = existsSync(join(dirname(path), "__snapshots__", `${basename(path)}.snap`));
    for (const { task, name } of testsIn(file, [])) {
      const test = { id: `${path}#${name}`, name, file: resolve(path), fn: TestRunner.getTestFn(task) };
      if (leftOut.test(name)) continue;
      tests.push({
        ...test,
        run: async () => {
          current = test;
          if (hasSnapshots) {
            snapshots.snapshotStateMap.delete(test.file);
            await snapshots.setup(test.file, {
              updateSnapshot: "none",
              snapshotEnvironment: new NodeSnapshotEnvironment(),
            });
          }
          await test.fn();
        },
      });
    }
  }
  return tests;
}

const testsIn = (suite, above) =>
  suite.tasks.flatMap((task) => {
    const names = [...above, task.name];
    return task.type === "suite" ? testsIn(task, names) : [{ task, name: names.join(" > ") }];
  });

/** Why a test fails; undefined where it passes. */
async function failureOf(test) {
  try {
    await test.run();
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, "in-process", () => new InProcessRunner()),
];
