import { describe, expect, test } from "vitest";
import { casesOf, readFiles } from "./cases.js";
import { library } from "./drivers/library.js";
import { differences, run } from "./run.js";

/** File by file, each read anew: nothing that was made for one test is there in another. */
describe("library", () => {
  test.each(readFiles().map(({ path }) => path))("answers every case of %s", async (path) => {
    const results = await run(casesOf(readFiles(path)), library);
    expect(results.length).toBeGreaterThan(0);
    expect(differences(results)).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === "uncovered")).toEqual([]);
  });
});
