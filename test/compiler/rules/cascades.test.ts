import { describe, expect, test } from "vitest";
import { commission } from "../../../src/compiler/check/rules/snippets.js";
import { codes, found } from "./support.js";

const checks = (text: string, files = {}): string[] =>
  codes(text, files).filter((code) => !code.startsWith("syntax/"));

describe("one slip gives one diagnostic", () => {
  test("a bullet that cannot be read is neither counted nor missed", () => {
    const text = commission().replace(
      'summarise "Write one summary of them."',
      "summarise Write one summary of them",
    );
    expect(checks(text)).toEqual([]);
  });

  test("a permit that cannot be read is no missing permit", () => {
    expect(checks("policy p\nscope {\n  permit *** when\n}")).toEqual([]);
  });

  test("a block that is never closed lacks nothing", () => {
    expect(checks("policy p\nscope {\n  forbid * when session.trust < 1\n")).toEqual([]);
    expect(checks(commission().replace("}\n\ntool", "\n\ntool"))).toEqual([]);
  });

  test("a class that cannot be read is not unknown", () => {
    const text = commission().replace(
      "class permanent above read confirm owner",
      "class permanent above read confirms owner",
    );
    expect(checks(text)).toEqual([]);
  });

  test("a principal that cannot be read is not unknown", () => {
    expect(
      checks(commission().replace('principal owner "Head of the team"', "principal owner Head")),
    ).toEqual([]);
  });

  test("names of a base that cannot be read are not unknown", () => {
    const text =
      'policy p extends "gone.reshimu"\nreversibility {\n  class permanent above read confirm owner\n}';
    expect(checks(text)).toEqual(["check/unreadable-file"]);
  });

  test("a missing block is not also a missing statement", () => {
    expect(checks(commission({}, { discernment: "" }))).toEqual(["check/missing-block"]);
    expect(found(commission({}, { discernment: "", grounding: "" }))).toEqual([
      "check/missing-block 1:1 the commission has no `grounding` and no `discernment` block",
    ]);
  });
});

describe("layers", () => {
  const base = `policy base

principal owner "Head of the team"

reversibility {
  class read
  class permanent above read confirm owner
  otherwise permanent
}

discernment {
  escalate owner within 4h
}
`;
  const own = { principals: "", reversibility: "treat notes.read as read", discernment: "threshold 0.3" };

  test("blocks, classes, principals and `escalate` may come from a base", () => {
    const text = commission({}, { ...own, header: 'policy p extends "base.reshimu"' });
    expect(found(text, { "base.reshimu": base })).toEqual([]);
  });

  test("a base does not see what extends it", () => {
    const reads = "policy base\nreversibility {\n  class grave confirm owner\n}";
    const text = commission(
      {},
      { header: 'policy p extends "base.reshimu"', reversibility: "otherwise grave" },
    );
    expect(found(text, { "base.reshimu": reads })).toEqual([
      "check/unknown-principal base.reshimu:3:23 principal `owner` is not declared here or in what this file extends",
    ]);
  });

  test("an inherited name is not declared anew", () => {
    const extension = 'policy e extends "c.reshimu"\nprincipal owner "Somebody else"\nscope {\n  permit *\n}';
    expect(found(extension, { "c.reshimu": commission() })).toEqual([
      "check/duplicate 2:11 principal `owner` is inherited, and declared anew",
    ]);
  });

  test("an extension sends no questions elsewhere", () => {
    const extension =
      'policy e extends "c.reshimu"\nprincipal me "Me"\ndiscernment {\n  escalate me within 1h\n}';
    expect(codes(extension, { "c.reshimu": commission() })).toEqual(["check/extension-declares"]);
  });

  test("a base that stands beside the commission declares no tools either", () => {
    const files = { "c.reshimu": commission(), "b.reshimu": "policy b\ntool notes.burn(path: path)" };
    expect(codes('policy e extends "c.reshimu", "b.reshimu"', files)).toEqual(["check/extension-declares"]);
  });

  test("bases that agree on `escalate` are fine", () => {
    const person = 'policy d\nprincipal owner "Head of the team"';
    const says = (name: string) =>
      `policy ${name} extends "d.reshimu"\ndiscernment {\n  escalate owner within 4h\n}`;
    const files = { "d.reshimu": person, "a.reshimu": says("a"), "b.reshimu": says("b") };
    const header = 'policy p extends "a.reshimu", "b.reshimu"';
    expect(found(commission({}, { header, principals: "", discernment: "threshold 0.3" }), files)).toEqual(
      [],
    );
  });
});

describe("classes", () => {
  const chain = (...lines: string[]) =>
    found(`policy p\nreversibility {\n${lines.map((l) => `  class ${l}`).join("\n")}\n}`);

  test("the order in the file has no meaning", () => {
    expect(chain("c above b", "b above a", "a")).toEqual([]);
  });
  test("cycles", () => {
    expect(chain("a above a")).toEqual(["check/class-chain 3:17 class `a` stands above itself"]);
    expect(chain("r", "a above b", "b above a")).toEqual([
      "check/class-chain 4:17 class `a` stands above itself, by way of `b`",
    ]);
  });
  test("two at the bottom", () => {
    expect(chain("a", "b", "c above b")).toEqual([
      "check/class-chain 4:9 `a` and `b` both stand above no class, so neither is the graver",
    ]);
  });
  test("an unknown one is not also a broken chain", () => {
    expect(chain("a", "b above aa")).toEqual(["check/unknown-class 4:17 unknown class `aa`"]);
  });
});

describe("values", () => {
  test("ranges", () => {
    const text = `policy p
tool t.a(x: decimal)
principal o "O"
scope {
  permit *
  limit t.a to 1.5 per session
  limit t.a sum x to 1.5 per 0s
}
grounding {
  tolerance 2
  unsupported at most 1
}
discernment {
  threshold 1
  fidelity at least 1.2
  gray t.a weight 30
  escalate o within 0h
}`;
    expect(found(text)).toEqual([
      "check/out-of-range 6:16 a limit counts actions, and this is 1.5",
      "check/out-of-range 7:30 the duration of `per` is nothing",
      "check/out-of-range 10:13 `tolerance` lies between 0 and 1, and this is 2",
      "check/out-of-range 14:13 a threshold is at least 0 and below 1, and this is 1",
      "check/out-of-range 15:21 `fidelity at least` lies between 0 and 1, and this is 1.2",
      "check/out-of-range 16:19 `weight` lies between 0 and 1, and this is 30",
      "check/out-of-range 17:21 the duration of `within` is nothing",
    ]);
  });

  test("thresholds for two classes do not conflict", () => {
    const text = (other: string) =>
      `policy p\nreversibility {\n  class a\n  class b above a\n}\ndiscernment {\n  threshold 0.3\n  threshold 0.2 for a\n  threshold 0.1 for ${other}\n}`;
    expect(found(text("b"))).toEqual([]);
    expect(found(text("a"))).toEqual(["check/conflicting-setting 9:3 `threshold … for a` is set twice"]);
  });

  test("zones", () => {
    const zone = (name: string) => codes(`policy p zone ${JSON.stringify(name)}`);
    expect(zone("UTC")).toEqual([]);
    expect(zone("America/Argentina/Buenos_Aires")).toEqual([]);
    expect(zone("+01:00")).toEqual(["check/unknown-zone"]);
    expect(zone("")).toEqual(["check/unknown-zone"]);
  });

  test("keys", () => {
    const key = (text: string) => codes(`policy p\nprincipal o "O" key ${JSON.stringify(text)}`);
    expect(key(`ed25519:${"A".repeat(43)}=`)).toEqual([]);
    expect(key(`ed25519:${"A".repeat(44)}`)).toEqual(["check/bad-key"]);
    expect(key(`ed25519:${"A".repeat(42)}B=`)).toEqual(["check/bad-key"]);
    expect(key(`${"A".repeat(43)}=`)).toEqual(["check/bad-key"]);
  });

  test("names in every kind of list", () => {
    const text = `policy p
tool t.a(x: int, x: string, r: { f: int, f: int }, e: enum("u", "u"))
tool t.a()
grounding {
  claim c: int
  claim c: int
}`;
    expect(found(text)).toEqual([
      "check/duplicate 2:18 parameter `x` is declared twice",
      "check/duplicate 2:42 field `f` is declared twice",
      "check/duplicate 2:65 `u` is a member of this enum twice",
      "check/duplicate 3:6 tool `t.a` is declared twice",
      "check/duplicate 6:9 claim `c` is declared twice",
    ]);
  });

  test("a fact is not called like a function, nor a principal `intent`", () => {
    const text =
      'policy p\nprincipal intent "I"\ngrounding {\n  source s is mcp "s" trust 1\n  fact count(): int from s "c"\n}';
    expect(codes(text)).toEqual(["check/ambiguous-name", "check/ambiguous-name"]);
  });
});
