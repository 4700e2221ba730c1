import { describe, expect, test } from "vitest";
import { compilePolicy, renderDiagnostics, runTests, type TestResult } from "../../src/index.js";

const head = `policy refunds.desk zone "Europe/Berlin"

principal lead "Lead of customer care"
principal board "Board"

intent {
  settle   "Pay back what is owed."
  explain  "Tell each of them."
  restrain "Promise nothing."
  given goodwill: bool asks lead "May more be paid back?"
}

tool orders.find(order: string)
tool refund.pay(order: string, amount: decimal, note?: string)
tool mail.send(to: email, body: string)

scope {
  permit orders.find serving settle when actor.id != "guest" and not ("banned" in actor.roles)
  permit refund.pay serving settle when amount <= 100
  permit refund.pay serving settle when amount <= 500 and given.goodwill
  permit mail.send serving explain
  forbid mail.send serving restrain when body like "*guarantee*" because "a letter promises nothing"
  forbid mail.send serving explain when body like "*!*"
}

grounding {
  source books is json "./books.json" trust 0.8
  source copy is json "./copy.json" trust 0.6
  source desk is tool orders.find trust 0.7
  fact paid(order: string): decimal from books "/{order}" from copy "/{order}" agree within 0.01
  fact refused?(order: string): string from books "/{order}/refused"
  claim owed: decimal
  ground refund.pay on fact claim.owed <= paid(order)
  ground refund.pay on situation not has refused(order) or refused(order) == ""
  ground mail.send on situation to traced to [desk, lead, intent]
  tolerance 0.05
  unsupported at most 0.9
}

reversibility {
  class free
  class undoable above free confidence 0.5
  class final above undoable confirm lead
  treat orders.find as free
  treat refund.pay as undoable
  otherwise final
}

discernment {
  threshold 0.3
  gray refund.pay when amount > 80 weight 0.5 asks board "Is it meant?"
  escalate lead within 4h
}
`;

function compiled(text: string) {
  const { policy, diagnostics, sources } = compilePolicy("p.reshimu", {
    read: () => ({ text: head + text }),
  });
  return {
    policy,
    told: renderDiagnostics(diagnostics, (file) => sources.get(file), { color: false }),
    diagnostics,
  };
}

async function run(text: string): Promise<TestResult[]> {
  const { policy, told } = compiled(text);
  if (policy === null) throw new Error(told);
  return runTests(policy);
}

/** What is not as expected, in a test of these steps. */
async function unmet(steps: string): Promise<string[]> {
  const results = await run(`test "it" {\n${steps}\n}`);
  return results.flatMap(({ expectations, problem }) => [
    ...expectations.filter((one) => !one.met).map(({ wanted, got }) => `${wanted} / ${got}`),
    ...(problem === undefined ? [] : [problem]),
  ]);
}

/** The codes and messages of a test of these steps. */
const slips = (steps: string, title = "it"): string[] =>
  compiled(`test "${title}" {\n${steps}\n}`)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code}: ${message}`);

const pay = (amount: number, confidence = 0.8): string =>
  `propose refund.pay(order: "A1", amount: ${amount}.0) confidence ${confidence}`;
const known = `fact paid("A1") = 400.0\nfact refused("A1") = absent`;

describe("rows", () => {
  const rows = `test "{amount} of {paid}: {outcome}" {
  for each amount, paid, sure, outcome, who in
    [40.0, 40.0, 0.8, authorize, lead],
    [90.0, 90.0, 0.8, clarify, board],
    [41.0, 40.0, 0.8, return, lead],
    [40.0, unknown, 0.8, clarify, lead]
  fact paid("A1") = paid
  fact refused("A1") = absent
  claim owed = amount confidence sure
  said who "so be it"
  propose refund.pay(order: "A1", amount: amount) confidence sure
  expect outcome
}`;

  test("are a test each, with their cells in the place of the columns", async () => {
    const results = await run(rows);
    expect(results.map(({ name, row, passed, place }) => [name, row, passed, place?.line])).toEqual([
      [
        "40.0 of 40.0: authorize",
        "amount: 40.0, paid: 40.0, sure: 0.8, outcome: authorize, who: lead",
        true,
        56,
      ],
      [
        "90.0 of 90.0: clarify",
        "amount: 90.0, paid: 90.0, sure: 0.8, outcome: clarify, who: board",
        true,
        57,
      ],
      ["41.0 of 40.0: return", "amount: 41.0, paid: 40.0, sure: 0.8, outcome: return, who: lead", true, 58],
      [
        "40.0 of unknown: clarify",
        "amount: 40.0, paid: unknown, sure: 0.8, outcome: clarify, who: lead",
        true,
        59,
      ],
    ]);
    expect(results.map(({ expectations }) => expectations[0]?.place?.line)).toEqual([65, 65, 65, 65]);
  });

  test("are told apart where the title has no holes, and stand within lists and records", async () => {
    const results = await run(
      'test "names" {\nfor each order in ["A1"], ["A2"]\nobserve orders.find(order: order) returns { to: [order] }\n' +
        "propose orders.find(order: order)\nexpect authorize\n}",
    );
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ["names (order: A1)", true],
      ["names (order: A2)", true],
    ]);
  });

  const end = 'propose orders.find(order: "x")\nexpect authorize';
  test.each([
    ["for each a, b in [1, 2], [1]", "check/bad-rows: the rows have 2 columns, and this one 1"],
    ["for each a, a in [1, 2]", "check/bad-rows: there are two columns `a`"],
    ["for each a in [1], [1]", "check/bad-rows: this row is written twice"],
    ['now = "2026-01-01"\nfor each a in [1]', "check/bad-rows: the rows of a test stand first, and once"],
    ["for each a in [1]\nfor each b in [2]", "check/bad-rows: the rows of a test stand first, and once"],
  ])("%s", (steps, slip) => {
    expect(slips(`${steps}\n${end}`)).toEqual([slip]);
  });

  test("are of types, where they stand: told at the cell, once", () => {
    expect(slips(`for each a in [1.0], ["x"]\nfact paid("A1") = a\nfact paid("A2") = b\n${end}`)).toEqual([
      "check/bad-literal: `x` is a string, not a number",
      "check/unknown-name: `b` is neither a value nor a column of this test",
    ]);
    expect(slips(`for each a in [lead]\nclaim owed = a\n${end}`)).toEqual([
      "check/unknown-name: a value is wanted here, and `lead` is none",
    ]);
    expect(slips(`for each a in [1], [leed]\nsaid a "x"\n${end}`)).toEqual([
      "check/unknown-name: a name is wanted here, not a value",
      "check/unknown-principal: unknown principal `leed`",
    ]);
    expect(slips(`for each a in [1]\n${end}`, "{b}")).toEqual([
      "check/bad-rows: `{b}` in the title is no column",
    ]);
    expect(slips('propose orders.find(order: "x")\nexpect authorise')).toEqual([
      "check/unknown-name: `authorise` is neither a decision nor a column of this test",
    ]);
  });

  test("are not more than people can read", () => {
    const many = Array.from({ length: 3_000 }, (_, i) => `[${i}]`).join(", ");
    expect(slips(`for each a in ${many}\n${end}`)).toEqual([
      "check/bad-rows: the rows of this test come to more than 5000 steps",
    ]);
  });
});

describe("what a test sets", () => {
  test("one source's word: sources that disagree, one that is silent", async () => {
    const each = (copy: string): string =>
      `fact refused("A1") = absent\nfact paid("A1") = 40.0\nfact paid("A1") from copy = ${copy}\nclaim owed = 40.0 confidence 0.8\n${pay(40)}\n`;
    expect(await unmet(`${each("40.1")}expect authorize`)).toEqual([]);
    expect(await unmet(`${each("60.0")}expect clarify from grounding\nexpect grounding contested`)).toEqual(
      [],
    );
    expect(await unmet(`${each("unknown")}expect grounding unverified`)).toEqual([]);
  });

  test("a fact that is absent, or there, or unknown", async () => {
    const each = (value: string): string =>
      `fact paid("A1") = 40.0\nfact refused("A1") = ${value}\nclaim owed = 40.0 confidence 0.8\n${pay(40)}\n`;
    expect(await unmet(`${each("absent")}expect authorize`)).toEqual([]);
    expect(await unmet(`${each('"no"')}expect return from grounding by ground`)).toEqual([]);
    expect(await unmet(`${each("unknown")}expect clarify`)).toEqual([]);
  });

  test("who acts", async () => {
    const find = 'propose orders.find(order: "A1")';
    expect(await unmet(`${find}\nexpect authorize`)).toEqual([]);
    expect(await unmet(`actor.id = "guest"\n${find}\nexpect return by permit`)).toEqual([]);
    expect(await unmet(`actor.roles = ["banned", "x"]\n${find}\nexpect return from scope`)).toEqual([]);
  });

  const send = 'propose mail.send(to: "ann@example.com", body: "Done.") confidence 0.9';

  test("what was said as the session was opened", async () => {
    expect(await unmet(`${send}\nexpect clarify from grounding`)).toEqual([]);
    expect(await unmet(`session.instruction = "Write to ann@example.com"\n${send}\nexpect confirm`)).toEqual(
      [],
    );
  });

  test("that a tool failed: what it returned says nothing", async () => {
    const seen = (how: string): string =>
      `observe orders.find(order: "A1") ${how} "ann@example.com"\n${send}\n`;
    expect(await unmet(`${seen("returns")}expect confirm`)).toEqual([]);
    expect(await unmet(`${seen("fails")}expect clarify from grounding`)).toEqual([]);
  });

  test("a principal's no", async () => {
    const steps = `said lead "ann@example.com"\n${send}\nexpect confirm\nrefused by lead\n`;
    expect(await unmet(`${steps}expect return from discernment\nexpect discernment refused`)).toEqual([]);
    expect(slips("refused by lead\nexpect return")).toEqual([
      "check/test-order: nothing has been proposed yet that could be refused",
    ]);
  });

  test("answers to questions, of those who are asked", async () => {
    const goodwill = `${known}\nclaim owed = 120.0 confidence 0.8\n${pay(120)}\n`;
    const answered = `${goodwill}answered by lead about given.goodwill = true\n${pay(120)}\n`;
    expect(
      await unmet(
        `${goodwill}expect asks lead about given.goodwill\nexpect asks board about gray\nexpect asks lead`,
      ),
    ).toEqual([]);
    expect(await unmet(`${answered}expect clarify from discernment by gray\nexpect scope within`)).toEqual(
      [],
    );
    expect(
      await unmet(`${answered}answered by board about gray = true\n${pay(120)}\nexpect authorize`),
    ).toEqual([]);
    expect(
      await unmet(`${answered}answered by board about gray = false\n${pay(120)}\nexpect return`),
    ).toEqual([]);
    expect(await unmet(`${answered}answered by lead about gray = true`)).toEqual([
      expect.stringContaining("is asked of `board`, not of `lead`"),
    ]);
    expect(await unmet(`${goodwill}answered by board about ground = true`)).toEqual([
      "the last decision does not ask about `ground`",
    ]);
  });

  test.each([
    ['fact paid("A1") = absent', "check/never-absent: `paid` is never absent"],
    ["given goodwill = absent", "check/never-absent: `given.goodwill` is never absent"],
    ['fact paid("A1") from desk = 1.0', "check/unknown-name: unknown source of `paid` `desk`"],
    ['actor.name = "x"', "check/unknown-name: unknown circumstance `actor.name`"],
    ["session.trust = 1", "check/unknown-name: unknown circumstance `session.trust`"],
    ["actor.roles = 3", "check/bad-literal: `3` is a number, not a list"],
  ])("%s", (step, slip) => {
    expect(slips(`${step}\npropose orders.find(order: "x")\nexpect authorize`)).toEqual([slip]);
  });
});

describe("what a test expects", () => {
  test("fails with what came instead", async () => {
    const steps = `${known}\nclaim owed = 40.0 confidence 0.6\n${pay(40)}\n`;
    expect(
      await unmet(
        `${steps}expect return from scope by forbid\nexpect scope outside\nexpect class final\nexpect confidence 0.8\n` +
          "expect confidence at least 0.7\nexpect confidence at most 0.5\nexpect remedy wait\nexpect asks lead",
      ),
    ).toEqual([
      "return from scope by forbid / authorize by permit, treat",
      "scope outside / scope within",
      "class final / class undoable",
      "confidence 0.8 / confidence 0.6",
      "confidence at least 0.7 / confidence 0.6",
      "confidence at most 0.5 / confidence 0.6",
      "remedy wait / no remedy",
      "asks lead / asks nobody",
    ]);
    expect(
      await unmet(
        `${steps}expect authorize by permit serving settle\nexpect class undoable\nexpect confidence at least 0.6`,
      ),
    ).toEqual([]);
  });

  test("tells rules apart by bullet and reason", async () => {
    const send =
      'said lead "ann@example.com"\npropose mail.send(to: "ann@example.com", body: "We guarantee it.")\n';
    expect(
      await unmet(
        `${send}expect return from scope by forbid serving restrain because "a letter promises nothing"\n` +
          "expect remedy narrow-action by forbid serving restrain",
      ),
    ).toEqual([]);
    expect(await unmet(`${send}expect return by forbid serving explain`)).toEqual([
      "return by forbid serving explain / return from scope by forbid",
    ]);
    expect(await unmet(`${send}expect remedy obtain-confirmation by forbid`)).toEqual([
      expect.stringContaining("remedy obtain-confirmation by forbid / remedy narrow-action by forbid"),
    ]);
  });

  test.each([
    ["expect scope held", "check/expect-possible: scope never finds `held`"],
    ["expect remedy narrow-acton", "check/expect-possible: there is no remedy `narrow-acton`"],
    ["expect class fre", "check/unknown-class: unknown class `fre`"],
    ["expect asks leed", "check/unknown-principal: unknown principal `leed`"],
    ["expect confidence 2", "check/out-of-range: `confidence` lies between 0 and 1, and this is 2"],
    ["expect return by limit", "check/unknown-rule: this policy has no `limit`"],
    ["expect return by forbid serving settle", "check/unknown-rule: no `forbid` serves `settle`"],
    ['expect return by forbid because "x"', "check/unknown-rule: no such `forbid` gives this reason"],
  ])("%s", (step, slip) => {
    expect(slips(`propose orders.find(order: "x")\n${step}`)).toEqual([slip]);
  });
});

test("only some are run, and none after the first that fails", async () => {
  const one = (name: string, decision: string): string =>
    `test "${name}" {\npropose orders.find(order: "${name}")\nexpect ${decision}\n}`;
  const { policy } = compiled(
    ["a", "b", "c"].map((name) => one(name, name === "b" ? "return" : "authorize")).join("\n"),
  );
  if (policy === null) throw new Error("does not compile");
  expect((await runTests(policy, { bail: true })).map(({ name }) => name)).toEqual(["a", "b"]);
  expect((await runTests(policy, { only: (name) => name !== "b" })).map(({ name }) => name)).toEqual([
    "a",
    "c",
  ]);
});
