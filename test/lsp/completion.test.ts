import { describe, expect, test } from "vitest";
import { completionsAt } from "../../src/lsp/completion/complete.js";
import { inDesk, mark, scene } from "./support.js";

/** The labels offered at the mark, and the text after the first of them is taken. */
function offered(text: string, more: { readonly [name: string]: string } = {}) {
  const { checked, offset, workspace } = scene({ "policy.reshimu": text, ...more });
  return completionsAt(checked, offset, workspace).items;
}
const labels = (text: string): string[] => offered(text).map(({ label }) => label);

const permit = (rest: string): string => inDesk("permit refund.cancel serving settle", `permit ${rest}`);

describe("the names that are offered are those that can stand there", () => {
  const tools = ["refund.pay", "refund.cancel", "mail.send"];
  test.each<[string, string, readonly string[], readonly string[]]>([
    ["an empty file", mark, ["policy"], ["scope"]],
    ["a first line", inDesk("policy refunds.desk", "policy refunds.desk ‸"), ["extends", "zone"], ["permit"]],
    ["a declaration", inDesk("\n\nscope {", `\n\n${mark}\nscope {`), ["tool", "test", "scope"], ["permit"]],
    ["a statement of scope", inDesk("scope {", "scope {\n  ‸"), ["permit", "forbid", "limit"], ["treat"]],
    ["a statement of a test", inDesk('"a small sum" {', '"a small sum" {\n ‸'), ["propose"], ["permit"]],
    ["tools", permit("‸"), tools, ["settle", "lead"]],
    ["tools, begun", permit("refund.‸"), ["refund.pay", "refund.cancel"], ["settle"]],
    ["tools after a comma", permit("mail.send, ‸"), tools, ["settle"]],
    ["bullets", permit("mail.send serving ‸"), ["settle", "explain", "restrain"], ["lead", "free"]],
    ["arguments", permit("mail.send when ‸"), ["to", "body", "copies", "paid", "lower"], ["amount", "order"]],
    ["arguments of all tools", permit("refund.* when ‸"), ["order"], ["amount", "to"]],
    ["givens", permit("mail.send when given.‸"), ["most", "region"], ["owed", "to"]],
    ["members of actor", permit("mail.send when actor.‸"), ["id", "roles", "tier"], ["to"]],
    ["operators", permit("refund.pay when amount ‸"), ["and", "in"], ["refund.pay"]],
    ["members of an enum", permit("refund.pay when kind == ‸"), ['"full"', '"part"'], ['"EU"']],
    ["members within quotes", permit('refund.pay when kind == "‸"'), ['"full"'], ["amount"]],
    ["members in a list", permit('refund.pay when kind in ["full", ‸'), ['"part"'], ['"EU"']],
    ["members of a given", permit("mail.send when given.region == ‸"), ['"EU"'], ['"full"']],
    ["variables", permit("mail.send when some copy in copies: ‸"), ["copy", "to"], ["amount"]],
    ["claims", inDesk("claim.owed <= paid", "claim.‸ <= paid"), ["owed"], ["order"]],
    ["sources of a fact", inDesk('from books "/', 'from ‸ "/'), ["books", "desk"], ["lead"]],
    ["kinds of sources", inDesk("is json", "is ‸"), ["sqlite", "http", "tool"], ["books"]],
    ["who is traced to", inDesk("traced to desk", "traced to ‸"), ["desk", "lead", "intent"], ["books"]],
    ["classes after above", inDesk("above free", "above ‸"), ["free"], ["lead"]],
    ["who confirms", inDesk("confirm lead", "confirm ‸"), ["lead"], ["free"]],
    [
      "classes after as",
      inDesk("treat refund.cancel as free", "treat refund.cancel as ‸"),
      ["final"],
      ["lead"],
    ],
    ["the undo", inDesk("by refund.cancel(", "by ‸("), ["refund.cancel"], ["order"]],
    ["arguments of the undo", inDesk("(order: order)", "(‸)"), ["order"], ["amount"]],
    ["who is asked", inDesk("asks lead", "asks ‸"), ["lead"], ["books"]],
    ["types", inDesk("refund.cancel(order: string)", "refund.cancel(order: ‸)"), ["email", "list"], ["lead"]],
    ["arguments of a proposal", inDesk("amount: 10.0, ", "amount: 10.0, ‸"), ["note"], ["to"]],
    ["values of a proposal", inDesk('kind: "full") confidence', "kind: ‸) confidence"), ['"full"'], ['"EU"']],
    ["values of a given", inDesk('region = "US"', "region = ‸"), ['"EU"', '"US"'], ['"full"']],
    ["decisions", inDesk("expect authorize", "expect ‸"), ["authorize", "return"], ["lead"]],
    ["validators", inDesk("expect authorize", "expect return from ‸"), ["scope", "grounding"], ["lead"]],
    ["classes that are expected", inDesk("expect authorize", "expect class ‸"), ["free", "final"], ["lead"]],
    ["findings", inDesk("expect authorize", "expect scope ‸"), ["outside"], ["grounded"]],
    ["who acts", inDesk('given region = "US"', "actor.‸"), ["id", "roles"], ["lead"]],
    ["who answers", inDesk("expect authorize", "answered by ‸"), ["lead"], ["free"]],
    ["which source says it", inDesk('fact paid("A1") =', 'fact paid("A1") from ‸ ='), ["books"], ["paid"]],
    ["zones", inDesk('"Europe/Berlin"', '"‸"'), ['"Asia/Tokyo"'], ["UTC"]],
    ["a new name", inDesk("claim owed", "claim ‸"), [], ["owed", "lead"]],
    ["a comment", inDesk("// Pays money back.", "// Pays ‸"), [], ["tool", "permit"]],
  ])("%s", (_, text, yes, no) => {
    const found = labels(text);
    expect(found).toEqual(expect.arrayContaining([...yes]));
    expect(found.filter((label) => no.includes(label))).toEqual([]);
  });

  test("an argument that a call has is not offered again", () => {
    expect(labels(inDesk("amount: 10.0, ", "amount: 10.0, ‸"))).not.toContain("order");
  });

  test("bases are offered by their paths", () => {
    const found = offered('policy a extends "‸"', { "bases/mail.reshimu": "policy mail" });
    expect(found.map(({ label }) => label)).toEqual(['"./bases/mail.reshimu"']);
  });

  test("a broken statement before does not matter", () => {
    expect(
      labels(inDesk("permit mail.send serving explain", "permit when when\n  permit mail.send serving ‸")),
    ).toContain("settle");
  });
});

test("a dotted name is replaced whole, and an awkward one is quoted", () => {
  const items = offered(inDesk("permit refund.cancel serving settle", "permit refund.ca‸"));
  expect(items.find(({ label }) => label === "refund.cancel")?.textEdit).toEqual({
    newText: "refund.cancel",
    range: { start: { line: 22, character: 9 }, end: { line: 22, character: 18 } },
  });
  const quoted = offered(`policy a\ntool act(\`in\`: int)\nscope {\n  permit act when ${mark}\n}\n`);
  expect(quoted.find(({ label }) => label === "in")?.textEdit?.newText).toBe("`in`");
});
