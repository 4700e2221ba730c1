import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Said, Task } from "./task.js";

const script = fileURLToPath(new URL("./worker.js", import.meta.url));

/** A check that does not end for so long hangs. */
const patience = 60_000;

type Result = Extract<Said, { kind: "tried" }>;

/** A worker process, and the task it has in hand. One that dies or hangs is replaced, and its task has failed. */
export class Hand {
  #child: ChildProcess = fork(script);

  /** Does a task; a failure is told like any other where the process died or hung over it. */
  do(task: Task, onFailing: (reason: string) => void): Promise<Result> {
    return new Promise((resolve) => {
      const child = this.#child;
      let alive = setTimeout(() => child.kill("SIGKILL"), patience);
      const end = (result: Result): void => {
        clearTimeout(alive);
        child.removeAllListeners();
        resolve(result);
      };
      child.on("message", (said: Said) => {
        if (said.kind === "tried") return end(said);
        if (said.kind === "failing") onFailing(said.reason);
        clearTimeout(alive);
        alive = setTimeout(() => child.kill("SIGKILL"), patience);
      });
      child.on("exit", (code, signal) => {
        this.#child = fork(script);
        end({ kind: "tried", runs: 0, comparisons: 0, seconds: 0, failure: lost(task, code, signal) });
      });
      child.send(task);
    });
  }

  dismiss(): void {
    this.#child.removeAllListeners();
    this.#child.kill();
  }
}

function lost({ property, seed, runs }: Task, code: number | null, signal: string | null): string {
  const how =
    signal === "SIGKILL"
      ? `a check did not end within ${patience / 1_000} seconds`
      : `the process that tried it ended (${signal ?? `code ${code}`})`;
  return `${property} was not decided: ${how}\n\nTo see it again: npm run fuzz -- --property ${property} --seed ${seed} --runs ${runs}`;
}
