import { defineConfig } from "vitest/config";
import type { Reporter, TestModule } from "vitest/node";

/** A closing line that any runner of tests can read. */
const closingLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const of = (module: TestModule, state: "passed" | "failed" | "skipped"): number =>
      [...module.children.allTests(state)].length;
    const count = (state: "passed" | "failed" | "skipped"): number =>
      modules.reduce((sum, module) => sum + of(module, state), 0);
    // A file that could not even be loaded has no test that failed.
    const broken = modules.filter(
      (module) => module.state() === "failed" && of(module, "failed") === 0,
    ).length;
    console.log(
      `\n${count("passed")} passed, ${count("failed") + broken} failed, ${count("skipped")} skipped`,
    );
  },
};

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    // No test changes what others see of the process; loading parser and schemas anew for each file would cost a third of the time.
    isolate: false,
    reporters: ["default", closingLine],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // What decides is tested to its last branch; `npm run coverage` fails where it is not.
      thresholds: Object.fromEntries(
        ["logic", "validators", "engine"].map((folder) => [`src/${folder}/**/*.ts`, { 100: true }]),
      ),
    },
  },
});
