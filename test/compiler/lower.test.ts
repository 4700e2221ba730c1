import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commission } from "../../src/compiler/check/rules/snippets.js";
import { policyDigest } from "../../src/ir/digest.js";
import { compile, policyOf, rendered } from "./support.js";

const audit = readFileSync(new URL("../fixtures/accounts.audit.reshimu", import.meta.url), "utf8");

describe("accounts.audit", () => {
  test("compiles without a diagnostic, to a sound policy", () => {
    const result = compile(audit);
    expect(rendered(result)).toBe("");
    const { spans: _, ...policy } = policyOf(result);
    expect(policy).toMatchSnapshot();
  });

  test("a statement is quoted as it is written, on one line, without its reason", () => {
    const policy = policyOf(compile(audit));
    const forbid = policy.layers[0]?.scope?.forbids[0];
    expect(policy.spans[forbid?.id ?? ""]).toEqual([
      {
        file: "policy.reshimu",
        line: expect.any(Number),
        column: 3,
        text: "forbid email.send serving restrain when count(to) > 5",
        parts: ["count(to) > 5"],
        conditions: [expect.objectContaining({ role: "when", text: "    when count(to) > 5", column: 1 })],
      },
    ]);
    for (const key of [
      "fact:total_count",
      "source:crm",
      "class:read",
      "given:region",
      "bullet:find",
      "tool:crm.query",
      "escalate",
      "otherwise",
    ])
      expect(policy.spans[key], key).toHaveLength(1);
  });
});

describe("the text of a condition", () => {
  const written = (condition: string) => {
    const { layers, spans } = policyOf(
      compile(
        commission({
          tools: "tool t(n: int, xs: list<string>, at: time, name?: string)",
          scope: `permit t serving read when ${condition}`,
        }),
      ),
    );
    const permit = layers[0]?.scope?.permits.find(({ tools }) => tools.includes("t"));
    const [found] = spans[permit?.id ?? ""]?.[0]?.conditions ?? [];
    return (found?.marks ?? []).map(({ from, to, anchor, type }) => [
      found?.text.slice(from, to),
      found?.text.slice(anchor).match(/^\w+|^\S+/)?.[0],
      ...(type === undefined ? [] : [type]),
    ]);
  };

  test("is marked sub-expression by sub-expression, each at its operator", () => {
    expect(written('n > 0 and (has name or "a" in xs) // or\n  and not (n == 3)')).toEqual([
      ['n > 0 and (has name or "a" in xs) // or\n    and not (n == 3)', "and"],
      ["n > 0", ">"],
      ["n", "n"],
      ['has name or "a" in xs', "or"],
      ["has name", "has"],
      ['"a" in xs', "in"],
      ["xs", "xs"],
      ["not (n == 3)", "not"],
      ["n == 3", "=="],
      ["n", "n"],
    ]);
  });

  test("has one mark for what is one word, and says how times are written", () => {
    expect(written('n not in [1, 2] and no x in xs: x like "a*" and at < now - 3d')).toEqual([
      expect.arrayContaining(["and"]),
      ["n not in [1, 2]", "not"],
      ["n", "n"],
      expect.arrayContaining(["no"]),
      ["xs", "xs"],
      expect.arrayContaining(["and"]),
      ['x like "a*"', "like"],
      ["x", "x"],
      ["at < now - 3d", "<"],
      ["at", "at", "time"],
      ["now - 3d", "-", "time"],
      ["now", "now", "time"],
    ]);
  });

  test("is left out where it is too long to be shown", () => {
    expect(written(Array.from({ length: 400 }, (_, i) => `n != ${i + 1_000_000}`).join(" and "))).toEqual([]);
  });
});

/** The lines of a block set in another order; a statement may take several lines. */
function reversed(text: string): string {
  return text.replace(
    /^(scope|grounding|reversibility|discernment|intent) \{\n([\s\S]*?)^\}/gm,
    (_, name: string, body: string) => {
      const statements = body.split(/\n(?= {2}\S)/).map((one) => one.replace(/\n+$/, ""));
      return `${name} {\n${statements.reverse().join("\n")}\n}`;
    },
  );
}

/** The declarations behind the header set in another order. */
function rotated(text: string): string {
  const [header = "", ...declarations] = text.split(/\n\n(?=\S)/);
  return [header, ...declarations.reverse()].join("\n\n");
}

describe("order has no meaning", () => {
  test.each([
    ["statements", reversed],
    ["declarations", rotated],
    ["both", (text: string) => rotated(reversed(text))],
    ["white space", (text: string) => text.replaceAll("\n", "\n\n\t")],
    ["comments", (text: string) => `// first\n${text.replaceAll("{\n", "{ // here\n")}`],
  ])("%s", (_, permute) => {
    const changed = permute(audit);
    expect(changed).not.toBe(audit);
    expect(policyDigest(policyOf(compile(changed)))).toBe(policyDigest(policyOf(compile(audit))));
  });

  test("tools, names and bullets in a list", () => {
    const line = (text: string) => policyDigest(policyOf(compile(commission({ scope: text }))));
    expect(line('permit notes.write, notes.read serving summarise, read when path within "/x"')).toBe(
      line('permit notes.read, notes.write serving read, summarise when path within "/x"'),
    );
  });

  test("a changed word changes the digest", () => {
    expect(policyDigest(policyOf(compile(audit.replace("count(to) > 5", "count(to) > 6"))))).not.toBe(
      policyDigest(policyOf(compile(audit))),
    );
  });
});

describe("lowering", () => {
  test("two lines that say the same are one, with two places", () => {
    const line = 'forbid notes.read serving restrain when path within "/notes/x"';
    const policy = policyOf(
      compile(commission({ scope: `${line}\n${line.replace(" serving", "\n  serving")}` })),
    );
    const forbids = policy.layers[0]?.scope?.forbids ?? [];
    expect(forbids).toHaveLength(2);
    expect(forbids.map(({ id }) => policy.spans[id]?.length).sort()).toEqual([1, 2]);
  });

  test("classes stand in their chain, whatever their order", () => {
    const reversibility = `
      class c above b limit 2 per 1d
      class a
      class d above c confirm owner limit 2 per 1d
      class b above a confidence 0.5
      otherwise d`;
    const { classes } = policyOf(compile(commission({}, { reversibility })));
    expect(classes.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(classes[2]?.limit?.id).not.toBe(classes[3]?.limit?.id);
  });

  test("an undo reads arguments and what the action returned", () => {
    const policy = policyOf(
      compile(
        commission({
          tools: "tool notes.undo(path: path, version?: int)",
          reversibility: `class undoable above permanent
            treat notes.write as undoable by notes.undo(version: result.a.version, path: path) within 2d`,
        }),
      ),
    );
    expect(policy.layers[0]?.reversibility?.treats.find((treat) => treat.undo)?.undo).toEqual({
      tool: "notes.undo",
      args: [
        { name: "path", value: { val: ["arg", "path"] } },
        { name: "version", value: { val: ["result", "a", "version"] } },
      ],
      within: 172_800_000,
    });
  });

  test("hours are those of the file's zone, and so are local times", () => {
    const policy = policyOf(
      compile(
        commission(
          { scope: 'forbid notes.read serving restrain when hour(now) < 8 or now < "2026-07-01"' },
          { header: 'policy notes.summary zone "Europe/Berlin"' },
        ),
      ),
    );
    expect(JSON.stringify(policy.layers[0]?.scope?.forbids)).toContain(
      '{"hour":[{"val":["now"]},"Europe/Berlin"]}',
    );
    expect(JSON.stringify(policy.layers[0]?.scope?.forbids)).toContain(String(Date.UTC(2026, 5, 30, 22)));
  });

  test("a test's values are in internal form, and what does not fit is as written", () => {
    const text = commission({
      intent: "given since: time\ngiven span: duration = 1d\ngiven week: int = 1",
      tools: "tool archive.find(since: time, span: duration, who: email)",
      scope:
        "permit archive.find serving read when since > given.since and span < given.span and given.week > 0",
      more: `test "values" {
        now = "2026-01-02T00:00"
        given since = "2026-01-01"
        given span = 2h
        propose archive.find(since: "2026-01-01", span: 1h, who: "nobody", whatever: 3d) confidence 0.5
        propose archive.fnd(x: [1, { a: true }])
        expect return from scope, discernment, scope
      }`,
    });
    expect(policyOf(compile(text)).tests[0]?.steps).toEqual([
      { step: "now", time: Date.UTC(2026, 0, 2) },
      { step: "given", name: "since", value: { value: Date.UTC(2026, 0, 1) } },
      { step: "given", name: "span", value: { value: 7_200_000 } },
      {
        step: "propose",
        tool: "archive.find",
        args: { since: Date.UTC(2026, 0, 1), span: 3_600_000, who: "nobody", whatever: "3d" },
        confidence: 0.5,
      },
      { step: "propose", tool: "archive.fnd", args: { x: [1, { a: true }] } },
      { step: "expect", decision: "return", from: ["discernment", "scope"] },
    ]);
  });
});

test("all that a policy can declare, and every step of a test", () => {
  const text = commission({
    principals: `principal desk "Desk" key "ed25519:fvF0GPdeoJ5bavpTetc3fdIWpYyCMFR5mQRHdaSxcCg="`,
    intent: "given since: time",
    tools: "tool archive.find(since: time, who: email)",
    grounding: `
      source b is json "./b.json" trust 0.9 fresh 2h timeout 3s
      source a is sqlite ":memory:" trust 0.8
      source web is http "https://x.example/" trust 0.7
      source mail is tool archive.find fields who, at when who == "ann@x.example" trust 0.5
      source text is tool notes.read as text trust 0.4
      fact paid(at: time): decimal from b "/{at}" from a "select 1 where :at = 1" agree within 0.1
      claim owed: duration
      ground notes.read on fact claim.owed > 1h or paid(now) > 1.5 because "${"long ".repeat(80)}"
      ground notes.write on effect ${Array.from({ length: 40 }, (_, i) => `lines${i}`)
        .map((name) => `path != "/${name}"`)
        .join(" and ")}`,
    more: `test "all steps" {
      now = "2026-01-01T00:00:00Z"
      fact paid("2026-01-01T00:00:00Z") = 40.0
      fact paid("2026-01-02T00:00:00Z") = unknown
      said owner "Go on."
      observe archive.find(since: "2026-01-01T00:00:00Z", who: "ann@x.example") returns { at: 1 }
      claim owed = 2h confidence 0.9
      claim owed = 3h
      given since = unknown
      propose notes.read(path: "/notes/./a", lines: 0)
      confirmed by owner
      expect confirm
    }`,
  });
  const result = compile(text);
  if (result.policy === null) throw new Error(rendered(result));
  expect(result.policy).toMatchSnapshot();
});

describe("hostile names", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "a.b", "x y"];

  test.each(names)("%s is a name like any other", (name) => {
    const q = `\`${name}\``;
    const text = commission(
      {
        principals: `principal ${q} "P"`,
        intent: `given ${q}: string asks ${q} "What?"`,
        tools: `tool ${q}(${q}: string, rec: { ${q}?: int })`,
        scope: `permit ${q} serving read when ${q} == given.${q} and has rec.${q} and rec.${q} > 1 and rec.${q} < 5 and (every ${q} in [${q}]: ${q} != "x")`,
        grounding: `source \`${name}_s\` is sqlite "./x.db" trust 0.9
          fact ${q}(p: string): int from \`${name}_s\` "select 1 where :p = 1"
          claim ${q}: int
          ground ${q} on fact claim.${q} == ${q}(given.${q})`,
        more: `test "t" {
          propose ${q}(${q}: "v", rec: { ${q}: 3 })
          expect return
        }`,
      },
      {},
    );
    const result = compile(text);
    const { policy } = result;
    if (policy === null) throw new Error(rendered(result));
    expect(policy.tools.map((tool) => tool.name)).toContain(name);
    expect(policy.claims.map((claim) => claim.name)).toEqual([name]);
    const step = policy.tests[0]?.steps[0];
    expect(step?.step === "propose" && Object.keys(step.args)).toContain(name);
  });
});
