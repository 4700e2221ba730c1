import { describe, expect, test } from "vitest";
import { fieldNames, recordFields } from "../../src/asking/fields.js";
import { compileCondition, equalTo } from "../../src/compiler/condition.js";
import { renderDiagnostics } from "../../src/diagnostics/code-frame.js";

const source = (text: string) => ({ file: "condition", text });
const compile = (text: string) => compileCondition(source(text), recordFields());
const told = (text: string): string => {
  const { diagnostics, sources } = compile(text);
  return renderDiagnostics(diagnostics, (file) => sources.get(file), { color: false });
};

describe("a condition over records", () => {
  test("is lowered as in a policy", () => {
    expect(compile('kind == "said" and at > now - 3d').when).toEqual({
      and: [
        { "===": [{ val: ["arg", "kind"] }, "said"] },
        { ">": [{ val: ["arg", "at"] }, { "-": [{ val: ["now"] }, 259_200_000] }] },
      ],
    });
    expect(compile('session.id == "s"').when).toEqual({ "===": [{ val: ["session", "id"] }, "s"] });
  });

  test("can read every field", () => {
    const optional = new Map(recordFields().map((field) => [field.name, field.optional === true]));
    for (const name of fieldNames.filter((one) => one !== "args"))
      expect([name, compile(optional.get(name) ? `has ${name}` : `${name} == ${name}`).when]).not.toEqual([
        name,
        null,
      ]);
    expect(compile("has args").when).toEqual({ has: [{ val: ["arg", "args"] }] });
  });

  test.each([
    ['knd == "said"', "check/unknown-name", "did you mean `kind`?"],
    ["something == 1", "check/unknown-name", "a record has `seq`, `hash`, "],
    ['tool == "x"', "check/unguarded", "may be absent here"],
    ['kind == "sad"', "check/bad-literal", "is not a member"],
    ["seq", "check/type-mismatch", ""],
    ["seq +", "syntax/unexpected-token", ""],
    ['session == "s"', "syntax/unexpected-token", "the session of a record is `session.id`"],
    ["session.trust > 0.5", "check/condition", "`session.trust` is not known of a record"],
    ["calls(record) > 1", "check/condition", "`calls` is not known of a record"],
    ["seq traced to intent", "check/condition", "what a value is traced to"],
    ["given.x", "check/condition", "`given.x`"],
    ['actor.id == "a"', "check/condition", "`actor.id`"],
    ["paid(seq) > 1", "check/unknown-", ""],
    ["seq > 1 }\n scope { permit record when true", "syntax/", ""],
    ["", "syntax/", ""],
  ])("%s is told as %s", (text, code, message) => {
    const { when, diagnostics } = compile(text);
    expect(when).toBeNull();
    expect(diagnostics.map((one) => one.code).join(" ")).toContain(code);
    expect(told(text)).toContain(message);
    // Every place is one of the condition, and none of what stands around it.
    for (const { span } of diagnostics) {
      expect(span.file).toBe("condition");
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  });

  test("points at what is wrong", () => {
    expect(told('knd == "x"')).toContain(' --> condition:1:1\n  |\n1 | knd == "x"\n  | ^^^');
  });

  test("may end with a comment, and stand on several lines", () => {
    expect(compile('kind == "said"\n  and seq > 1 // old ones').when).not.toBeNull();
  });

  test("reads the arguments of a tool one by one, by whatever names", () => {
    const params = [
      { name: "amount", type: "decimal" as const },
      { name: "odd name", type: { record: [{ name: "in", type: "int" as const }] } },
    ];
    const fields = recordFields(params);
    expect(compileCondition(source("has args and args.amount > 100"), fields).when).not.toBeNull();
    expect(compileCondition(source("has args and args.`odd name`.`in` > 100"), fields).when).not.toBeNull();
    expect(compile("has args and args.amount > 100").when).toBeNull();
  });
});

describe("the literal that a field must equal", () => {
  test.each([
    ['tool == "x"', "x"],
    ['"x" == tool and seq > 1', "x"],
    ['has tool and (seq > 1 and tool == "x")', "x"],
    ['tool == "x" or seq > 1', undefined],
    ['not tool == "x"', undefined],
    ['kind == "said"', undefined],
    ["tool ==", undefined],
  ])("of %s is %s", (text, value) => {
    expect(equalTo(source(text), "tool")).toBe(value);
  });
});
