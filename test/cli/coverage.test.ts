import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.js";

const policy = `policy notes.agent
principal owner "Owner"
intent {
  read     "Read <b>notes</b>."
  keep     "Keep a summary."
  restrain "Nothing else."
}
tool notes.read(path: string)
tool notes.write(path: string, lines: list<int>)
scope {
  permit notes.* serving read when path like "/notes/*" and path != "<script>alert(1)</script>"
}
grounding {}
reversibility {
  class light
  otherwise light
}
discernment {
  escalate owner within 1h
}
test "reading" {
  propose notes.read(path: "/notes/a")
  expect authorize
  propose notes.read(path: "/other")
  expect return
}
`;

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reshimu-"));
  file = join(folder, "p.reshimu");
  await writeFile(file, policy);
});

describe("test --coverage", () => {
  test("tells what the tests exercise, and what not", async () => {
    const { out, code } = await runCli("test", file, "--coverage");
    expect(code).toBe(0);
    const [, , , heading, row, missing, end] = out.replaceAll(file, "p.reshimu").split("\n");
    expect(heading).toMatch(/^file +statements +conditions$/);
    expect(row).toMatch(/^p\.reshimu +3 of 3, 100 % +5 of 6, 83\.3 %$/);
    expect(missing).toBe('  p.reshimu:11:61 `path != "<script>alert(1)</script>"` is never false');
    expect(end).toBe("");
  });

  test("fails below what is asked for, and says so", async () => {
    expect((await runCli("test", file, "--min", "83.3")).code).toBe(0);
    const { code, err } = await runCli("test", file, "--min", "84");
    expect([code, err]).toEqual([1, "error: 83.3 % are exercised, and 84 % are asked for\n"]);
    expect((await runCli("test", file, "--min", "101")).code).toBe(2);
  });

  test("is of the tests that run, and of a whole run", async () => {
    const { out, code } = await runCli("test", file, "--coverage", "--filter", "^no such");
    expect([code, out]).toEqual([1, expect.stringMatching(/ 0 of 3, 0 % +0 of 6, 0 %/)]);
    const { code: refused, err } = await runCli("test", file, "--watch", "--min", "10");
    expect([refused, err]).toEqual([2, expect.stringContaining("`--watch` runs what changed")]);
  });

  test("leaves data to stdout alone", async () => {
    const { out, err } = await runCli("test", file, "--coverage", "--format", "json");
    expect(JSON.parse(out)).toHaveLength(1);
    expect(err).toContain("3 of 3, 100 %");
  });

  test("writes lcov: lines are statements, branches directions", async () => {
    const to = join(folder, "lcov.info");
    await runCli("test", file, "--lcov", to);
    expect((await readFile(to, "utf8")).replace(file, "p.reshimu").split("\n")).toEqual([
      "TN:",
      "SF:p.reshimu",
      ...[
        "BRDA:11,0,0,1",
        "BRDA:11,0,1,1",
        "BRDA:11,1,0,1",
        "BRDA:11,1,1,1",
        "BRDA:11,2,0,2",
        "BRDA:11,2,1,0",
      ],
      "BRF:6",
      "BRH:5",
      ...["DA:11,2", "DA:15,2", "DA:16,2"],
      "LF:3",
      "LH:3",
      "end_of_record",
      "",
    ]);
  });

  test("writes a page that loads and runs nothing, and in which text is only text", async () => {
    const to = join(folder, "coverage.html");
    await runCli("test", file, "--html", to);
    const page = await readFile(to, "utf8");
    expect(page).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
    expect(page).not.toMatch(/<script|<img|<link|https?:|url\(/);
    expect(page).toContain("path != &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;</span>");
    expect(page).toContain('aria-label="true: 2, false: never"');
    expect(balanced(page)).toEqual([]);
  });
});

describe("coverage", () => {
  test("shows the matrix and its holes", async () => {
    const { out, code } = await runCli("coverage", file);
    expect(code).toBe(0);
    expect(out).toMatch(/^notes\.read +1 permit \* +default +otherwise light +hole$/m);
    expect(out).toContain("  `keep`: no `permit` and no `forbid` serves this bullet");
  });

  test("gives it as data, of a built policy too", async () => {
    const built = join(folder, "p.json");
    await runCli("build", file, "-o", built);
    const [source, loaded] = await Promise.all(
      [file, built].map((one) => runCli("coverage", one, "--format", "json")),
    );
    expect(source?.out).toBe(loaded?.out);
    expect(JSON.parse(loaded?.out ?? "")).toMatchObject({
      policy: "notes.agent",
      tools: [{ tool: "notes.read" }, {}],
    });
  });

  test("draws it as a page", async () => {
    const { out } = await runCli("coverage", file, "--format", "html");
    expect(out).toContain("Read &lt;b&gt;notes&lt;/b&gt;.");
    expect(out).not.toMatch(/<script|<img|<link|https?:|url\(/);
    expect(balanced(out)).toEqual([]);
  });

  test("of a policy with an error is its error", async () => {
    const broken = join(folder, "broken.reshimu");
    await writeFile(broken, "policy p\nscope { permit nothing }\n");
    const { code, err, out } = await runCli("coverage", broken);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("unknown tool `nothing`");
  });
});

/** Tags that are not closed in their order. */
function balanced(page: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = ""] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (["meta", "br"].includes(name)) continue;
    if (closing === "") open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, `/${name}`];
  }
  return open;
}
