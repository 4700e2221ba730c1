import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parse as words } from "shell-quote";
import { parse } from "yaml";
import { runCli, timeless } from "../cli/run-cli.js";
import type { Block } from "./pages.js";

/** A command, with what it is said to write; without `output` it is only to succeed. */
export interface Command {
  readonly command: string;
  readonly output: string | undefined;
}

/** Of a console: `$ command`, and below it what it writes; of a workflow: what its steps run. */
export function commandsOf({ language, text }: Block): Command[] {
  if (language === "yaml") return runBy(parse(text)).map((command) => ({ command, output: undefined }));
  if (language !== "console") return [];
  const parts = text.split(/^\$ /m).slice(1);
  return parts.map((one) => {
    const [command = "", ...output] = one.trimEnd().split("\n");
    return { command, output: output.join("\n") };
  });
}

/** The commands of the steps of a GitHub workflow. */
function runBy(of: unknown): string[] {
  if (Array.isArray(of)) return of.flatMap(runBy);
  if (typeof of !== "object" || of === null) return [];
  return Object.entries(of).flatMap(([key, value]) =>
    key === "run" && typeof value === "string" && value.includes("reshimu") ? [value] : runBy(value),
  );
}

/** Digests are of all that a policy says: they are shown as an ellipsis, as is the time that tests took. */
export const comparable = (text: string): string =>
  timeless(
    text
      .replace(/sha256:[0-9a-f]{64}/g, "sha256:…")
      .replace(/(?<![0-9a-z/])[0-9a-f]{12}(?= [a-z_]+[.a-z_]*\()/g, "…")
      .trimEnd(),
  );

/** Runs the commands of one page in the folder that is current, one after the other. */
export function shell(): (command: string) => Promise<{ code: number; text: string }> {
  let last = 0;
  return async (command) => {
    if (command === "echo $?") return { code: 0, text: `${last}` };
    if (command.startsWith("cat "))
      return { code: 0, text: readFileSync(command.slice("cat ".length), "utf8") };
    // As a shell reads it: conditions and places stand in quotes.
    const [programme, ...args] = words(command.replace(/^npx /, "")).map(String);
    expect(programme).toBe("reshimu");
    const { code, out, err } = await runCli(...args);
    last = code;
    return { code, text: err + out };
  };
}

/** A page with what its commands write now, in the order of the page. */
export function withOutputs(page: string, outputs: readonly (readonly [Command, output: string])[]): string {
  let [done, rest] = ["", page];
  for (const [{ command, output = "" }, now] of outputs) {
    const [was, is] = [output, now].map((text) =>
      [`$ ${command}`, ...(text === "" ? [] : [text]), ""].join("\n"),
    );
    const at = rest.indexOf(was ?? "");
    if (was === undefined || is === undefined || at < 0) throw new Error(`the page does not hold ${command}`);
    done += rest.slice(0, at) + is;
    rest = rest.slice(at + was.length);
  }
  return done + rest;
}
