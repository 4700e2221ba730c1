import type { Json } from "../ir/json.js";
import { readJson } from "../ir/read-json.js";
import { parseUrl } from "../ir/url.js";
import { parseTime } from "../ir/value.js";
import { type OpenSource, type Query, type Said, Silent, textOf } from "./source.js";

/** Longer bodies, after decompression, are no answer. */
export const maxBodyBytes = 1_048_576;

/**
 * A source of kind `http` (language.md, *grounding*): one GET, no redirects, `{fact}` in the locator replaced by the
 * look-up (without one: the fact's name), the parameters as query. Status 200 and `{"value": …, "at"?: time}` answer.
 */
export const openHttp: OpenSource = (source) => ({
  ask: async (query, signal) => answerIn(await get(urlOf(source.locator, query), signal)),
  close: async () => {},
});

function urlOf(locator: string, query: Query): URL {
  const segment = encodeURIComponent(query.lookup ?? query.fact);
  const text = locator.replaceAll("{fact}", () => segment);
  const url = parseUrl(text);
  if (url === undefined) throw new Silent("its locator is not a url");
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Silent("its locator is not an http url");
  for (const { name, value } of query.parameters)
    if (value !== null) url.searchParams.append(name, textOf(value));
  return url;
}

async function get(url: URL, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, {
    redirect: "error",
    signal,
    headers: { accept: "application/json" },
  }).catch(() => {
    throw new Silent("could not be reached, or redirects");
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Silent(`answered with status ${response.status}`);
  }
  return readBody(response);
}

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let length = 0;
  let text = "";
  try {
    // Leaving the loop by a throw cancels the stream, and with it the connection.
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > maxBodyBytes) throw new Silent(`answered with more than ${maxBodyBytes} bytes`);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    throw error instanceof Silent ? error : new Silent("broke off its answer, or it is not UTF-8");
  }
}

function answerIn(body: string): Said {
  const read = readJson(body, { bytes: maxBodyBytes });
  if (!read.ok) throw new Silent(`gave an answer that ${read.problem}`);
  const answer = read.value;
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    throw new Silent("gave something else than an object");
  const { value, at } = answer;
  if (value === undefined) throw new Silent("gave an object without `value`");
  return at === undefined ? { value } : { value, at: timeIn(at) };
}

function timeIn(at: Json): number {
  const time =
    typeof at === "string" && /(?:z|[+-]\d{2}:\d{2})$/i.test(at) ? parseTime(at, "UTC") : undefined;
  if (time === undefined) throw new Silent("gave an `at` that is no RFC 3339 time");
  return time;
}
