import { readFileSync } from "node:fs";
import { policyText } from "../ir/built.js";
import { loadPolicy } from "../ir/load.js";
import type { PolicyIr } from "../ir/policy.js";
import { sha256Hex } from "../ir/sha256.js";
import type { Cache } from "./folder.js";

/** What a policy was compiled of: files by where they lie, each with the digest of what it said; null: it was not there. */
export type Read = ReadonlyMap<string, string | null>;

/** What an entry begins with, on a line of its own; behind it stands the policy as it is built. */
interface Manifest {
  readonly key: string;
  readonly read: readonly (readonly [at: string, hash: string | null])[];
}

/**
 * Policies in source, compiled before, by the file that was asked for. An entry counts only while every file that it was made of says
 * what it said then, and none has come where the compiler looked in vain.
 */
export class PolicyCache {
  readonly #cache: Cache;
  readonly #version: string;

  /** `version`: of the compiler; what another one made is not taken. */
  constructor(cache: Cache, version: string) {
    this.#cache = cache;
    this.#version = version;
  }

  /** The policy of a file, if it is here and still that file's; never throws. */
  find(file: string): PolicyIr | undefined {
    const key = this.#key(file);
    const entry = this.#cache.read(nameOf(key));
    const end = entry?.indexOf("\n") ?? -1;
    if (entry === undefined || end < 0) return undefined;
    try {
      const manifest = JSON.parse(entry.toString("utf8", 0, end)) as Manifest;
      if (manifest.key !== key || !manifest.read.every(([at, hash]) => hashAt(at) === hash)) return undefined;
      const loaded = loadPolicy(entry.toString("utf8", end + 1));
      return loaded.ok ? loaded.policy : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps what a file was compiled to, and of what. */
  keep(file: string, policy: PolicyIr, read: Read): void {
    const key = this.#key(file);
    const manifest: Manifest = { key, read: [...read] };
    this.#cache.write(nameOf(key), Buffer.from(`${JSON.stringify(manifest)}\n${policyText(policy)}`));
  }

  /** Places in a policy are told by the file's name as it was given, from here. */
  #key(file: string): string {
    return JSON.stringify([this.#version, process.cwd(), file]);
  }
}

const nameOf = (key: string): string => `policy-${sha256Hex(key).slice(0, 32)}`;

function hashAt(at: string): string | null {
  try {
    return `sha256:${sha256Hex(readFileSync(at))}`;
  } catch {
    return null;
  }
}
