import { parse } from "shell-quote";
import { parseUrl } from "./url.js";

/** A problem of a locator: a predicate without subject, and what to do about it. */
export interface LocatorProblem {
  readonly problem: string;
  readonly help: string;
}

/** Where the server of a `postgres` source is. */
export type PostgresLocator = { readonly url: string } | LocatorProblem;

/**
 * Reads the locator of a `postgres` source (language.md, *grounding*). Of the `sslmode`s only those are taken that mean
 * what they say: no encryption, or encryption to the server named in its certificate.
 */
export function readPostgresLocator(locator: string): PostgresLocator {
  const help = "write a URL such as `postgres://db.example/crm`; the password is better kept out of it";
  const url = parseUrl(locator);
  if (url === undefined) return { problem: "is not a URL", help };
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:")
    return { problem: `begins with \`${url.protocol}\``, help };
  if (url.hash !== "") return { problem: "has a `#`", help: "write `%23` for a `#` in a password or a name" };
  const modes = url.searchParams.getAll("sslmode");
  const other = modes.find((mode) => mode !== "disable" && mode !== "verify-full");
  if (other !== undefined || modes.length > 1)
    return {
      problem: `has \`sslmode=${(other ?? modes.join(",")).slice(0, 40)}\``,
      help: "write `sslmode=verify-full` (with `sslrootcert=FILE` for a certificate authority of your own), or `sslmode=disable`",
    };
  return { url: locator };
}

/** How the server of an `mcp` source is reached: by Streamable HTTP, or as a program that speaks over its stdio. */
export type McpLocator =
  | { readonly url: string }
  | {
      readonly command: string;
      readonly args: readonly string[];
      readonly env: { readonly [name: string]: string };
    }
  | LocatorProblem;

/**
 * Reads the locator of an `mcp` source (language.md, *grounding*): an http(s) URL, or a command with its words as a POSIX
 * shell splits them, but run by no shell. `$NAME` stands for what `variable` gives, and `NAME=…` before the command is
 * set in its environment.
 */
export function readMcpLocator(locator: string, variable: (name: string) => string): McpLocator {
  if (/^https?:/i.test(locator))
    return parseUrl(locator) !== undefined
      ? { url: locator }
      : { problem: "is not a URL", help: "write the whole URL, such as `https://facts.example/mcp`" };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(locator))
    return {
      problem: "is not an http or https URL",
      help: "write the URL of a Streamable HTTP endpoint, or the command that starts the server",
    };
  const words = wordsOf(locator, variable);
  if (!Array.isArray(words)) return words;
  const env = Object.create(null) as { [name: string]: string };
  let first = 0;
  for (; assignment.test(words[first] ?? ""); first++) {
    const [, name, value] = assignment.exec(words[first] ?? "") ?? [];
    env[name ?? ""] = value ?? "";
  }
  const [command, ...args] = words.slice(first);
  if (command === undefined || command === "")
    return { problem: "names no program", help: "write the command that starts the server, or its URL" };
  return { command, args, env };
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/;

function wordsOf(text: string, variable: (name: string) => string): string[] | LocatorProblem {
  const words: string[] = [];
  for (const entry of parse(text, variable)) {
    if (typeof entry === "string") words.push(entry);
    else
      return {
        problem: `has \`${"comment" in entry ? "#" : entry.op === "glob" ? entry.pattern : entry.op}\`, which only a shell would carry out`,
        help: "write one command with its arguments, and quote what has a meaning for a shell",
      };
  }
  return words;
}

/** What an `mcp` look-up asks: a tool, and, behind a space, a JSON Pointer into its answer. */
export interface McpLookup {
  readonly tool: string;
  readonly pointer: string | undefined;
}

/** Reads an `mcp` look-up; undefined where it is none. */
export function readMcpLookup(lookup: string): McpLookup | undefined {
  const [, tool, pointer] = /^(\S+)(?: (\/.*))?$/s.exec(lookup) ?? [];
  if (tool === undefined || (pointer !== undefined && /~(?![01])/.test(pointer))) return undefined;
  return { tool, pointer };
}
