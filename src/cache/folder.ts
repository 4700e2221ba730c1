import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import envPaths from "env-paths";
import { sha256Hex } from "../ir/sha256.js";

/** A folder that holds what can be made again: entries by name, each with a digest of its own. What cannot be kept there is made anew. */
export interface Cache {
  /** What was kept under a name; undefined where nothing was, or where it is not what was written. Never throws. */
  read(name: string): Buffer | undefined;
  /** Keeps something, as a whole or not at all; many may write at once. Never throws. */
  write(name: string, content: Buffer): void;
}

/** All entries together may have so many bytes, and one a quarter of it; the oldest go first. */
export const mostBytes = 128 * 1_048_576;
/** In milliseconds: an entry that is used is marked so once in this time, and what a killed process left goes after it. */
const aDay = 86_400_000;

/**
 * The cache of whoever runs the programme: `RESHIMU_CACHE_DIR`, else where the platform keeps such things. Undefined where that is
 * `off`, or where there is no such place.
 */
export function openCache(environment: NodeJS.ProcessEnv, most = mostBytes): Cache | undefined {
  const { RESHIMU_CACHE_DIR: told } = environment;
  if (told === "off") return undefined;
  try {
    const folder = told === undefined || told === "" ? envPaths("reshimu", { suffix: "" }).cache : told;
    return folderCache(path.resolve(folder), most);
  } catch {
    return undefined;
  }
}

function folderCache(folder: string, most: number): Cache {
  return {
    read(name) {
      try {
        const at = path.join(folder, name);
        const found = statSync(at);
        const content = isOwn(found) ? opened(readFileSync(at)) : undefined;
        if (content !== undefined) markUsed(at, found);
        return content;
      } catch {
        return undefined;
      }
    },
    write(name, content) {
      if (content.length > most / 4) return;
      // A name of its own, so that none writes into what another has begun.
      const draft = path.join(folder, `${name}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(draft, sealed(content), { mode: 0o600, flag: "wx" });
        renameSync(draft, path.join(folder, name));
        prune(folder, most);
      } catch {
        remove(draft);
      }
    },
  };
}

const sealBytes = 65;

/** The digest of the rest in hex, and a line end, in front. */
const sealed = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${sha256Hex(content)}\n`, "latin1"), content]);

function opened(bytes: Buffer): Buffer | undefined {
  const content = bytes.subarray(sealBytes);
  return bytes.toString("latin1", 0, sealBytes) === `${sha256Hex(content)}\n` ? content : undefined;
}

/** What somebody else wrote, or may write, is not taken: an entry can be code. */
const isOwn = ({ uid, mode }: Stats): boolean =>
  process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);

function markUsed(at: string, { mtimeMs }: Stats): void {
  const now = Date.now();
  if (now - mtimeMs > aDay) utimesSync(at, now / 1000, now / 1000);
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What cannot be removed is not there, or stays.
  }
}

/** Removes the oldest entries where there are too many, and drafts that nobody will finish. */
function prune(folder: string, most: number): void {
  const entries = readdirSync(folder).flatMap((name) => {
    const at = path.join(folder, name);
    const found = statSync(at, { throwIfNoEntry: false });
    return found?.isFile() ? [{ at, size: found.size, used: found.mtimeMs }] : [];
  });
  const now = Date.now();
  let size = entries.reduce((sum, entry) => sum + entry.size, 0);
  for (const entry of entries.sort((a, b) => a.used - b.used)) {
    const isLeft = entry.at.endsWith(".tmp") && now - entry.used > aDay;
    if (!isLeft && size <= most) continue;
    remove(entry.at);
    size -= entry.size;
  }
}
