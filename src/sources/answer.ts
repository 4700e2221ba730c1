import type { Json } from "../ir/json.js";
import { readJson } from "../ir/read-json.js";
import { parseTime } from "../ir/value.js";
import { maxAnswerBytes, type Said, Silent } from "./source.js";

/** The JSON of an answer. Throws `Silent` where it is none, or too long. */
export function answerIn(text: string): Json {
  const read = readJson(text, { bytes: maxAnswerBytes });
  if (!read.ok) throw new Silent(`gave an answer that ${read.problem}`);
  return read.value;
}

export type JsonRecord = { readonly [key: string]: Json };

export const isRecord = (value: Json): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an answer `{"value": …, "at"?: time}` says. Throws `Silent` where it is not of this form. */
export function saidIn({ value, at }: JsonRecord): Said {
  if (value === undefined) throw new Silent("gave an object without `value`");
  return at === undefined ? { value } : { value, at: timeIn(at) };
}

function timeIn(at: Json): number {
  const time =
    typeof at === "string" && /(?:z|[+-]\d{2}:\d{2})$/i.test(at) ? parseTime(at, "UTC") : undefined;
  if (time === undefined) throw new Silent("gave an `at` that is no RFC 3339 time");
  return time;
}
