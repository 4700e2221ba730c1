import { fits } from "../ir/misfit.js";
import { readJson } from "../ir/read-json.js";
import { readBody } from "./http.js";

/** So long a scorer may take, in milliseconds, where nothing else is said. */
const defaultTimeout = 5_000;

/**
 * A scorer that asks a server: one POST of `{"text", "purpose", "bullets"}` as JSON, no redirects, answered with status 200 and
 * `{"score": 0…1}`. Any other answer, or none within `timeout` milliseconds, is no score.
 */
export function httpScorer(
  url: string,
  {
    timeout = defaultTimeout,
    headers = {},
  }: { readonly timeout?: number; readonly headers?: Record<string, string> } = {},
): (scored: object) => Promise<number | undefined> {
  return async (scored) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
        headers: { ...headers, accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify(scored),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        return undefined;
      }
      const read = readJson(await readBody(response));
      return read.ok && fits("score", read.value)
        ? (read.value as unknown as { readonly score: number }).score
        : undefined;
    } catch {
      return undefined;
    }
  };
}
