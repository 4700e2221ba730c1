/**
 * Measures a workload in a process of its own, so that nothing which another left behind (compiled code, what V8 has seen of types,
 * a full heap) is in its figures.
 */
import { fork } from "node:child_process";
import { once } from "node:events";

const child = new URL("child.js", import.meta.url);
const tries = 3;

/**
 * V8 of Node 20 breaks down where a call into WebAssembly that gives a reference (Cedar's does) was compiled into its caller, and the caller
 * turns out to have been compiled on a wrong guess while in it. Not compiled in, such a call costs some nanoseconds more.
 */
const execArgv = ["--no-turbo-inline-js-wasm-calls"];

export async function measuredApart(task, progress) {
  for (let i = 0; i < tries; i += 1) {
    const result = await attempt(task, progress);
    if (result !== undefined) return result;
    // What was measured before is not lost by it.
    process.stderr.write(`${task.workload} ${task.size} is measured again: Node broke down\n`);
  }
  throw new Error(`${task.workload} ${task.size}: Node broke down every time`);
}

async function attempt(task, progress) {
  const running = fork(child, { execArgv, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let result;
  running.on("message", (message) => {
    if (message.doing !== undefined) progress.told(`${task.workload} ${task.size}`, message.doing);
    else result = message.result;
  });
  running.send(task);
  const [code, signal] = await once(running, "close");
  if (code !== null && code !== 0) throw new Error(`${task.workload} ${task.size} could not be measured`);
  return signal === null ? result : undefined;
}
