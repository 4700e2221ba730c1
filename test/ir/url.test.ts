import { expect, test } from "vitest";
import { parseUrl } from "../../src/ir/url.js";

test("a url is the same however often one has been read", () => {
  const hosts = new Set<string | undefined>();
  for (let i = 0; i < 20_000; i += 1) hosts.add(parseUrl("https://m\u00fcller.example/")?.hostname);
  expect([...hosts]).toEqual(["xn--mller-kva.example"]);
  expect([parseUrl("/a"), parseUrl("https://")]).toEqual([undefined, undefined]);
});
