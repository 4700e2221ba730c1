import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runAt, runCli } from "./run-cli.js";
import { decisionSchema } from "../../src/schemas.js";

const folder = "test/cli/samples/accounts";
const sample = [folder, `${folder}/proposals.jsonl`, "--given", "region=EU"] as const;
const query = '{"tool":"crm.query","args":{"table":"accounts","sql":"select 1","limit":1}}';
const mail = '{"tool":"email.send","args":{"to":["x@else.example"],"from":"me","subject":"hi"}}';

async function lines(...written: readonly string[]): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "reshimu-")), "lines.jsonl");
  await writeFile(file, written.join("\n"));
  return file;
}

const decide = async (written: readonly string[], ...options: readonly string[]) =>
  runCli("eval", folder, await lines(...written), "--given", "region=EU", ...options);

describe("eval as text", () => {
  test("reads well", async () => {
    const { out, err, code } = await runCli("eval", ...sample);
    await expect(out).toMatchFileSnapshot("samples/accounts/expected.txt");
    await expect(err).toMatchFileSnapshot("samples/accounts/expected-errors.txt");
    expect(code).toBe(3);
  });

  test("fits a narrow terminal, but for lines that are there to be copied", async () => {
    const { out } = await runAt({ width: 60 }, "eval", ...sample);
    const wide = out.split("\n").filter((line) => line.length > 60 && !line.startsWith("    {"));
    expect(wide).toEqual([]);
  });

  test("says the same in colour", async () => {
    const [plain, colored] = [
      await runCli("eval", ...sample),
      await runAt({ color: true }, "eval", ...sample),
    ];
    expect(colored.out).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is colour
    const stripped = colored.out.replace(/\u001b\[\d+m/g, "");
    expect(stripped.replace(/\s+/g, " ")).toBe(plain.out.replace(/\s+/g, " "));
  });

  test("prints no control character of what was proposed", async () => {
    const { out } = await decide(['{"tool":"crm.query\\u001b[2J","args":{"\\u202e":"\\u0007"}}']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is control characters
    expect(out).not.toMatch(/[\u0007\u001b\u202e]/);
  });
});

describe("eval as JSON", () => {
  test("gives a decision a line, and an error in the place of a line that is no record", async () => {
    const { out } = await decide(
      [query, "oops", '{"said":{"by":"owner","text":"x"}}', mail],
      "--format",
      "json",
    );
    const [first, second, third, ...rest] = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(decisionSchema.parse(first).decision).toBe("authorize");
    expect(second).toEqual({ line: 2, error: { message: expect.stringContaining("not JSON") } });
    expect(decisionSchema.parse(third).decision).toBe("clarify");
    expect(rest).toEqual([]);
  });
});

describe("eval ends", () => {
  test.each([
    ["0 where all was decided", [mail], [], 0],
    ["0 where there was nothing to decide", [], [], 0],
    ["3 where a line was no record", [query, "{}"], [], 3],
    ["3 where a line was no record, whatever was decided", [mail, "{}"], ["--exit-code"], 3],
    ["0 for authorize", [query], ["--exit-code"], 0],
    ["11 for clarify", [query, mail], ["--exit-code"], 11],
    ["10 for return", [mail, '{"tool":"none","args":{}}', query], ["--exit-code"], 10],
    ["12 for confirm", [query, mail.replace('"me"', '"x"')], ["--exit-code", "--given", "sender=x"], 12],
  ])("%s", async (_, written, options, code) => {
    expect((await decide(written as string[], ...(options as string[]))).code).toBe(code);
  });
});

describe("eval takes options", () => {
  test.each([
    ["--given", "region"],
    ["--given", "regoin=EU"],
    ["--given", "region=FR"],
    ["--given", "suspended_count=maybe"],
    ["--tier", "none"],
    ["--now", "yesterday"],
    ["--root", "none"],
    ["--format", "xml"],
  ])("and says what is wrong with %s %s", async (...wrong) => {
    const { code, out, err } = await decide([query], ...wrong);
    expect([code, out]).toEqual([2, ""]);
    await expect(err).toMatchFileSnapshot(`samples/options/${wrong.join("-").replace(/[^a-z-]/gi, "_")}.txt`);
  });

  test("and asks for the givens that are missing", async () => {
    expect(await runCli("eval", folder, await lines(query))).toEqual({
      code: 2,
      out: "",
      err: 'error: the policy wants to be given `region` (enum("EU", "US"))\nadd --given region=…\n',
    });
  });

  test("--given makes a given known", async () => {
    const suspended = query.replace("accounts", "suspensions");
    expect((await decide([suspended], "--given", "suspended_count=true", "--exit-code")).code).toBe(0);
    expect((await decide([suspended], "--given", "suspended_count=false", "--exit-code")).code).toBe(10);
  });

  test("--root is where paths of sources start", async () => {
    const write =
      '{"tool":"report.write","args":{"path":"/reports/audit/a","body":""},"confidence":0.9,"claims":{"inactive":{"value":4}}}';
    expect((await decide([write], "--exit-code")).code).toBe(0);
    expect((await decide([write], "--exit-code", "--root", "test")).code).toBe(11);
  });
});

describe("a session", () => {
  test("has what happened in it, and not in another", async () => {
    const { out } = await decide(
      [mail.replace("}}", '},"session":"s1"}'), '{"confirm":{"by":"owner"},"session":"s2"}'],
      "--given",
      "sender=me",
    );
    expect(out).toContain("line 1, session s1");
    expect(out).toContain("1 decided: 1 confirm; 1 not taken");
  });
});
