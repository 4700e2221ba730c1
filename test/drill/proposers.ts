import { spawn } from "node:child_process";
import { join } from "node:path";

/** The commands that lead here are run by npm, in the folder of the package. */
const script = join(process.cwd(), "test", "session", "proposer.mjs");

/** What one process is to do: propose `act` with `n` from a number on, so many times, in a session. */
export interface Errand {
  readonly policy: string;
  readonly place: string;
  readonly session: string;
  readonly count: number;
  readonly from: number;
}

/** A process that proposes, and has done nothing else. */
export interface Proposer {
  readonly errand: Errand;
  /** What it has been told so far: the decision on each of its proposals, in order. */
  acknowledged(): readonly string[];
  /** Whether it made all its proposals. */
  isDone(): boolean;
  /** When it has been told something for the first time, or has ended. */
  readonly begun: Promise<void>;
  readonly ended: Promise<void>;
  kill(): void;
}

/** No process of a drill lives longer, in milliseconds: one that hangs is a failure, and is not left behind. */
const longest = 600_000;

export function startProposer(errand: Errand): Proposer {
  const { policy, place, session, count, from } = errand;
  const child = spawn(process.execPath, [script, policy, place, session, String(count), String(from)], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: longest,
    killSignal: "SIGKILL",
  });
  let text = "";
  let begin = (): void => {};
  const begun = new Promise<void>((done) => {
    begin = done;
  });
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    begin();
  });
  const ended = new Promise<void>((done) => child.on("close", () => done()));
  void ended.then(begin);
  // A line that the kill cut off acknowledges nothing.
  const lines = (): string[] => text.split("\n").slice(0, -1);
  return {
    errand,
    acknowledged: () => lines().filter((line) => !line.startsWith("done")),
    isDone: () => lines().some((line) => line.startsWith("done")),
    begun,
    ended,
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}
