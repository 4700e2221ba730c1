import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newKey } from "../../src/index.js";
import { commission } from "../support/policy.js";
import { runCli } from "./run-cli.js";

const folder = mkdtempSync(join(tmpdir(), "reshimu-sign-"));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const { pem, key } = newKey();
const pemFile = file("owner.pem", pem);
const policy = file(
  "policy.reshimu",
  commission({
    principals: `principal owner "The owner" key "${key}"`,
    givens: 'given region: string asks owner "Which region?"',
    scope: 'permit act when n == 1 or given.region == "EU"',
    reversibility: "class free\n class grave above free confirm owner\n otherwise grave",
    discernment: "threshold 0.5\n escalate owner within 4h",
  }),
);
const proposal = (n: number) => `{"tool":"act","args":{"n":${n}},"confidence":1}`;
const evaluated = (lines: readonly string[], ...options: readonly string[]) =>
  runCli("eval", policy, file("lines.jsonl", lines.join("\n")), "--now", "2026-01-31T09:00:00Z", ...options);
/** The words that the text of a decision shows to be signed. */
const shown = (out: string) => out.split("\n").filter((line) => line.includes('"reshimu":"word"'));

describe("a principal with a key at the command line", () => {
  test("signs what a decision shows, and the line with it is taken, once", async () => {
    const first = await evaluated([proposal(1)]);
    expect(first.out).toContain('{"confirm":{"by":"owner","expires":1769864400000,"signature":"…"}}');
    const [word = ""] = shown(first.out);
    const { out, err, code } = await runCli("sign", "--key", pemFile, file("word.json", word));
    expect(code).toBe(0);
    expect(err).toMatch(
      /^owner says yes to the decision sha256:[0-9a-f]{64}, in session "session", until 2026-01-31T13:00:00.000Z\n$/,
    );
    const confirm = { by: "owner", expires: 1769864400000, signature: out.trim() };
    const line = JSON.stringify({ confirm });
    const again = await evaluated([proposal(1), line, line], "--format", "json");
    const decisions = again.out
      .split("\n")
      .filter(Boolean)
      .map((one) => JSON.parse(one));
    expect(decisions.map((one) => one.decision ?? one.error.message)).toEqual([
      "confirm",
      "authorize",
      expect.stringContaining("nothing to confirm"),
    ]);
    const unsigned = await evaluated([proposal(1), '{"confirm":{"by":"owner"}}']);
    expect(unsigned.err).toContain("`owner` has a key: only a word with its `signature` counts");
  });

  test("answers questions so too; programs are told what to sign", async () => {
    const asked = await evaluated([proposal(2)], "--format", "json", "--words");
    const { words } = JSON.parse(asked.out);
    expect(words.map((one: { kind: string }) => one.kind)).toEqual(["rule", "rule"]);
    const signed = await runCli(
      "sign",
      "--key",
      pemFile,
      "--format",
      "json",
      file("w.json", JSON.stringify(words[0])),
    );
    const { signature, expires, key: half } = JSON.parse(signed.out);
    expect(half).toBe(key);
    const { question, answer, by } = words[0];
    const line = question.startsWith("given:")
      ? { rule: { by, given: question.slice(6), answer, signature, expires } }
      : { rule: { by, question, answer, signature, expires } };
    const after = await evaluated([proposal(2), JSON.stringify(line), proposal(2)], "--format", "json");
    expect(after.err).toBe("");
    const told = after.out.split("\n").filter(Boolean);
    expect(told.map((one) => JSON.parse(one).decision)).toEqual(["clarify", "confirm"]);
  });

  test.each<readonly [string, string, string, number]>([
    ["no JSON", "{", "holds no word", 2],
    ["another object", '{"confirm":{"by":"owner"}}', "holds no word", 2],
    ["a word with more in it", '{"reshimu":"word","kind":"said","by":"o","x":1}', "holds no word", 2],
  ])("signs nothing that is %s", async (_, text, message, code) => {
    const ran = await runCli("sign", "--key", pemFile, file("bad.json", text));
    expect(ran).toMatchObject({ code, out: "", err: expect.stringContaining(message) });
  });

  test("says of a key only that it is none", async () => {
    const word = file("word2.json", shown((await evaluated([proposal(1)])).out)[0] ?? "");
    const none = await runCli("sign", "--key", file("none.pem", "hunter2"), word);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("no Ed25519 private key") });
    expect(none.err).not.toContain("hunter2");
    expect((await runCli("sign", "--key", join(folder, "missing.pem"), word)).code).toBe(3);
  });

  test("an outcome is taken in, of what was authorized", async () => {
    const outcome = '{"outcome":{"result":"worked","claims":{"fits":true}}}';
    const early = await evaluated([outcome]);
    expect(early.err).toContain("no action was authorized");
    const wrong = await evaluated(['{"outcome":{"result":"fine"}}']);
    expect(wrong.err).toContain("is no `outcome` record");
  });
});
