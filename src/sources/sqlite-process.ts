import { type ChildProcess, spawn } from "node:child_process";
import { type SqliteReply, type SqliteRequest, serveSqlite } from "./sqlite-child.js";
import { Silent } from "./source.js";

/** A process that runs SQLite, started when first asked. */
export interface SqliteProcess {
  /** One request at a time. Rejects with `Silent` when the process dies, or the signal has it killed. */
  ask(request: SqliteRequest, signal: AbortSignal): Promise<SqliteReply>;
  close(): void;
}

/**
 * SQLite in a process of its own. Only killing it surely stops a query: a worker thread goes on in native code after
 * `terminate()`, and a library that aborts takes its process with it. After a kill the next request starts a new one.
 */
export function createSqliteProcess(): SqliteProcess {
  let child: ChildProcess | undefined;

  const kill = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };

  return {
    ask: async (request, signal) => {
      if (signal.aborted) throw new Silent("was not asked in time");
      if (child?.connected !== true) child = start();
      signal.addEventListener("abort", kill, { once: true });
      try {
        return await exchange(child, request);
      } catch (error) {
        kill();
        throw error;
      } finally {
        signal.removeEventListener("abort", kill);
      }
    },
    close: kill,
  };
}

function start(): ChildProcess {
  const program = `(${serveSqlite.toString()})(require, process)`;
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=256", "--input-type=commonjs", "--eval", program],
    {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
      env: environment(),
      windowsHide: true,
    },
  );
  // Idle, it does not keep this process alive; who asks holds a timer.
  child.unref();
  child.channel?.unref();
  // Failures are told to who asks; without any listener they would end this process.
  child.on("error", () => {});
  return child;
}

/** Nothing of this process's environment but what Windows needs to start any program. */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}

function exchange(child: ChildProcess, request: SqliteRequest): Promise<SqliteReply> {
  return new Promise((done, fail) => {
    const settle = (act: () => void): void => {
      child.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
      act();
    };
    const onMessage = (reply: unknown): void => settle(() => done(reply as SqliteReply));
    const onEnd = (): void => settle(() => fail(new Silent("its database process ended while it was asked")));
    child.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
    child.send(request, (error) => {
      if (error) onEnd();
    });
  });
}
