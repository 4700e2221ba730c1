#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Script } from "node:vm";
import { type Cache, openCache } from "../../cache/folder.js";
import { digestOfText } from "../../index.js";
import type { Quick } from "./quick.js";

/** Told by the bundler: the digest of all that was built. */
declare const BUILD_ID: string;

/** The code of the quick way, and how to keep what the platform made of it for the next time. */
interface Loaded {
  readonly quick: Quick;
  readonly keep: () => void;
}

/** Code that was compiled once is kept: to compile it takes as long as all else together. */
function loadQuick(cache: Cache | undefined): Loaded {
  const file = path.join(__dirname, "quick.cjs");
  // Compiled under other options it would be refused, and written anew each time.
  const options = [process.version, process.arch, process.execArgv, process.env.NODE_OPTIONS ?? ""];
  const name = `code-${digestOfText(JSON.stringify([BUILD_ID, ...options])).slice(-32)}`;
  const cachedData = cache?.read(name);
  const script = new Script(readFileSync(file, "latin1"), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const exports = {} as { quick: Quick };
  script.runInThisContext()(exports, createRequire(file), __dirname);
  const isNew = cachedData === undefined || script.cachedDataRejected === true;
  return {
    quick: exports.quick,
    keep: () => {
      if (isNew) cache?.write(name, script.createCachedData());
    },
  };
}

async function start(args: readonly string[]): Promise<void> {
  if (args[0] === "eval") {
    const cache = openCache(process.env);
    const { quick, keep } = loadQuick(cache);
    const code = await quick(args, cache, BUILD_ID);
    if (code !== undefined) {
      process.exitCode = code;
      keep();
      return;
    }
  }
  await import("../main.js");
}

void start(process.argv.slice(2));
