import { execFile } from "node:child_process";
import { open, readFile, stat } from "node:fs/promises";
import { canonicalJson } from "../ir/digest.js";
import { fits } from "../ir/misfit.js";
import { readJson } from "../ir/read-json.js";
import type { Checkpoint, Head } from "./store.js";

/**
 * Anchors: the end of the chain, with or without a signature, put where the writer of the trace cannot take it back
 * (semantics.md, *The Reshimu: the trace*). Each is a line of JSON.
 */
export type Anchor = Head | Checkpoint;

/** So long an endpoint or `git` may take, in milliseconds. */
const patience = 10_000;
/** More is not read of anchors. */
const mostBytes = 64 * 1_048_576;
/** The notes of a repository that anchors are kept in. */
const notes = "--ref=reshimu";

/**
 * Puts an anchor to a place: `git:DIR` adds a line to the note on the commit that is checked out there, `http(s)://…` is sent it as
 * JSON, and anything else is a file that a line is appended to. Throws what went wrong, as a sentence.
 */
export async function putAnchor(anchor: Anchor, place: string): Promise<void> {
  const line = canonicalJson(anchor);
  if (place.startsWith("git:")) await note(place.slice("git:".length), line);
  else if (/^https?:\/\//iu.test(place)) await post(place, line);
  else await append(place, `${line}\n`);
}

/** Reads back what was anchored in a file or a repository; throws a sentence where a line is none. */
export async function readAnchors(place: string): Promise<Anchor[]> {
  const text = place.startsWith("git:") ? await noted(place.slice("git:".length)) : await textOf(place);
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const read = readJson(line);
    if (!read.ok || !fits("anchor", read.value)) throw new Error(`line ${i + 1} is no checkpoint`);
    return [read.value as unknown as Anchor];
  });
}

/** Whether it is signed. */
export const isSignedAnchor = (anchor: Anchor): anchor is Checkpoint => "signature" in anchor;

/** Opened to append: two that anchor at once both leave a whole line. */
async function append(file: string, line: string): Promise<void> {
  const handle = await open(file, "a", 0o644);
  try {
    await handle.writeFile(line);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function post(url: string, body: string): Promise<void> {
  const response = await answered(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    // Whoever is told must be the one that was named.
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered ${response.status}`);
}

/** The platform says why only in the cause. */
const answered = (url: string, how: RequestInit): Promise<Response> =>
  fetch(url, how).catch((error: Error) => {
    throw error.cause instanceof Error && error.cause.message !== "" ? error.cause : error;
  });

async function textOf(file: string): Promise<string> {
  if ((await stat(file)).size > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
  return readFile(file, "utf8");
}

async function note(folder: string, line: string): Promise<void> {
  await git(folder, ["notes", notes, "append", "--file=-", "HEAD"], line);
}

/** What all notes of anchors say, whatever they are on. */
async function noted(folder: string): Promise<string> {
  const listed = await git(folder, ["notes", notes, "list"]);
  const texts: string[] = [];
  for (const line of listed.split("\n")) {
    const [blob = ""] = line.split(" ");
    if (blob !== "") texts.push(await git(folder, ["cat-file", "blob", blob]));
  }
  return texts.join("\n");
}

/** Runs `git` without a shell; throws the first line of what it says. */
function git(folder: string, args: readonly string[], input = ""): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(
      "git",
      ["-C", folder, ...args],
      { timeout: patience, maxBuffer: mostBytes, encoding: "utf8" },
      (error, out, err) => {
        if (error === null) done(out);
        else
          fail(
            new Error(
              err.trim().split("\n")[0] ||
                (error.code === "ENOENT" ? "there is no `git` to be run" : error.message),
            ),
          );
      },
    );
    // It may end before it has read all.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}
