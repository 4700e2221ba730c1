import { expect, test } from "vitest";
import { covers } from "../../src/logic/tools.js";

test("a pattern covers the tool of its name, those with its beginning, or all", () => {
  expect(covers(["act"], "act")).toBe(true);
  expect(covers(["act"], "acts")).toBe(false);
  expect(covers(["act.*"], "act.now")).toBe(true);
  expect(covers(["act.*"], "act")).toBe(false);
  expect(covers(["*"], "act")).toBe(true);
  expect(covers(["idle", "act"], "act")).toBe(true);
  expect(covers([], "act")).toBe(false);
});
