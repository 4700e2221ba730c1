import { Option } from "commander";

/** What a command writes: for people, or for programs. */
export type Format = "text" | "json";

/** The option every command has. */
export const formatOption = (json: string): Option =>
  new Option("--format <format>", `text for people, or json: ${json}`)
    .choices(["text", "json"])
    .default("text");

/** One value as a line of JSON. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** `1 error`, `2 errors`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;
