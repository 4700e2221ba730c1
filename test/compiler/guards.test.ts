import { describe, expect, test } from "vitest";
import { problemsOf } from "./support.js";

describe("what may be absent is read behind a guard", () => {
  test.each([
    ["has opt and opt > 1"],
    ["not has opt or opt > 1"],
    ["not (has opt and opt > 5) or opt > 1"],
    ["if has opt then opt > 1 else flag"],
    ["if not has opt then flag else opt > 1"],
    ["has opt and (flag or opt > 1)"],
    ["has opt and flag and n > 2 and opt > 1"],
    ["(has opt and flag) and opt > 1"],
    ["(has opt and flag or has opt and n > 1) and opt > 1"],
    ["not (not has opt) and opt > 1"],
    ["(if flag then has opt else has opt) and opt > 1"],
    ["(if has opt then flag else false) and flag"],
    ["has rec.nick and rec.nick == text"],
    ["has orec.a and orec.a > 1"],
    ["has orec and orec.a > 1"],
    ["has maybe(n) and maybe(n) > 1"],
    ["has maybe(n + 1) and maybe(n + 1) > 1"],
    ["has opts and text in opts"],
    ["has opt and (every v in words: opt > 1)"],
    ["has opt and (some v in ints: v > opt)"],
    ["every r in recs: not has r.score or r.score > 1"],
    ["has given.who.nick and given.who.nick == text"],
  ])("%s is fine", (condition) => {
    expect(problemsOf(condition)).toEqual([]);
  });

  test.each([
    ["has opt or opt > 1"],
    ["not has opt and opt > 1"],
    ["opt > 1 and has opt"],
    ["(has opt or flag) and opt > 1"],
    ["if has opt then flag else opt > 1"],
    ["has opts and opt > 1"],
    ["has maybe(n) and maybe(n + 1) > 1"],
    ["has maybe(n) and maybe(total(text)) > 1"],
    ["has opt and rec.nick == text"],
    // Over an unknown list nothing of the body need be true.
    ["(some v in words: has opt) and opt > 1"],
    ["(every v in words: has opt) and opt > 1"],
    ["has orec.a and opt > 1"],
    ["(every r in recs: has r.score) and (every r in recs: r.score > 1)"],
    // The inner `r` is another than the outer, though it has its name.
    ["every r in recs: has r.score and (every r in recs: r.score > 1)"],
  ])("%s is not", (condition) => {
    expect(problemsOf(condition)).toEqual(["check/unguarded"]);
  });
});
