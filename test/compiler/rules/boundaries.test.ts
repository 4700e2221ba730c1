import { describe, expect, test } from "vitest";
import { found } from "./support.js";

const policy = (boundaries: string, tiers = "root > editor > writer"): string => `policy notes.tiers
tool notes.read(path: path)
tool notes.write(path: path, body: string)
tiers ${tiers}
${boundaries}`;

const down = "boundary root -> editor { passes * }\n";

describe("boundaries", () => {
  test("two whole ones are fine", () => {
    expect(found(policy(`${down}boundary editor -> writer { grants * }`))).toEqual([]);
  });

  test("a forgotten tool is named once, not at each boundary below", () => {
    expect(
      found(
        policy("boundary root -> editor { passes notes.read }\nboundary editor -> writer { grants notes.* }"),
      ),
    ).toEqual([
      "check/boundary-unsaid 5:10 boundary `root -> editor` does not say whether `editor` gets `notes.write`",
    ]);
  });

  test("what was passed only can be granted below", () => {
    expect(
      found(policy(`${down}boundary editor -> writer { grants notes.read passes notes.write }`)),
    ).toEqual([]);
  });

  test("a pattern of which something is held is no excess", () => {
    const upper = "boundary root -> editor { passes notes.read withholds notes.write }\n";
    expect(found(policy(`${upper}boundary editor -> writer { grants notes.* }`))).toEqual([]);
    expect(
      found(policy(`${upper}boundary editor -> writer { grants notes.read withholds notes.write }`)),
    ).toEqual([]);
  });

  test("a contradiction is said once, and what follows from it is not", () => {
    const upper = "boundary root -> editor { passes * withholds notes.write }\n";
    expect(found(policy(`${upper}boundary editor -> writer { grants notes.read, notes.write }`))).toEqual([
      "check/boundary-contradiction 5:46 `notes.write` cannot be both passed on and withheld",
    ]);
  });

  test("granted and passed is a contradiction too", () => {
    expect(found(policy(`${down}boundary editor -> writer { grants * passes notes.read }`))).toEqual([
      "check/boundary-contradiction 6:45 `notes.read` cannot be both granted and passed on",
    ]);
  });

  test("each step without a boundary is named", () => {
    expect(found(policy(""))).toEqual([
      "check/boundary-missing 4:14 no boundary says what `root` lets `editor` have",
      "check/boundary-missing 4:23 no boundary says what `editor` lets `writer` have",
    ]);
  });

  test("one that skips a tier, leads upward or to itself is the only slip", () => {
    expect(found(policy("boundary root -> writer { grants * }"))).toEqual([
      "check/boundary-neighbours 5:10 this boundary skips `editor`",
    ]);
    expect(found(policy(`${down}boundary writer -> editor { grants * }`))).toEqual([
      "check/boundary-neighbours 6:10 this boundary leads upward, for `editor` stands above `writer`",
    ]);
    expect(
      found(policy(`${down}boundary editor -> writer { grants * }\nboundary writer -> writer { grants * }`)),
    ).toEqual(["check/boundary-neighbours 7:10 this boundary leads from `writer` to itself"]);
  });

  test("two between the same tiers", () => {
    expect(
      found(
        policy(
          `${down}boundary editor -> writer { grants notes.read }\nboundary editor -> writer { grants notes.write }`,
        ),
      ),
    ).toEqual(["check/duplicate 7:10 boundary `editor -> writer` is declared twice"]);
  });

  test("without tiers there is nothing to lead between", () => {
    expect(found('policy notes.tiers\nboundary root -> writer { because "it reads" }')).toEqual([
      "check/unknown-tier 2:10 this policy declares no tiers",
    ]);
  });

  test("two tiers of one name are reported, and no boundary for them", () => {
    expect(found(policy(down, "root > editor > editor"))).toEqual([
      "check/duplicate 4:23 tier `editor` is named twice",
    ]);
  });

  test("a boundary that could not be read whole leaves nothing unsaid", () => {
    const codes = found(policy(`${down}boundary editor -> writer { grants notes.read lets notes.write }`));
    expect(codes.filter((line) => !line.startsWith("syntax/"))).toEqual([]);
  });
});
