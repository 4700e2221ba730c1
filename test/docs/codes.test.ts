import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the pages of codes are fresh (else: npm run codes)", async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [
    "scripts/generate-codes.mjs",
    "--check",
  ]).catch((error: { stderr: string }) => error);
  expect(stderr).toBe("");
});
