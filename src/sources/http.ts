import { parseUrl } from "../ir/url.js";
import { answerIn, isRecord, saidIn } from "./answer.js";
import { maxAnswerBytes, type OpenSource, type Query, type Said, Silent, textOf } from "./source.js";

/**
 * A source of kind `http` (language.md, *grounding*): one GET, no redirects, `{fact}` in the locator replaced by the
 * look-up (without one: the fact's name), the parameters as query. Status 200 and `{"value": …, "at"?: time}` answer.
 */
export const openHttp: OpenSource = (source) => ({
  ask: async (query, signal) => answerOf(await get(urlOf(source.locator, query), signal)),
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

/** The text of an answer, bounded. Throws `Silent`. */
export async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let length = 0;
  let text = "";
  try {
    // Leaving the loop by a throw cancels the stream, and with it the connection.
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > maxAnswerBytes) throw new Silent(`answered with more than ${maxAnswerBytes} bytes`);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    throw error instanceof Silent ? error : new Silent("broke off its answer, or it is not UTF-8");
  }
}

function answerOf(body: string): Said {
  const value = answerIn(body);
  if (!isRecord(value)) throw new Silent("gave something else than an object");
  return saidIn(value);
}
