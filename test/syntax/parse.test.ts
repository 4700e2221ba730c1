import { describe, expect, it } from "vitest";
import { parseNarrowing, parsePolicy } from "../../src/syntax/parse.js";
import { formatPolicy } from "../../src/syntax/format/format.js";
import { accounts, bare, declaration, outline, policy, statement } from "./support.js";

const name = (written: string) => ({ text: written });
const dotted = (...segments: string[]) => ({ text: segments.join("."), segments: segments.map(name) });
const text = (value: string) => ({ value });
const tool = (pattern: string) => ({ pattern });
const reference = (root: string, of: string) => ({ kind: "Reference", root, name: name(of), fields: [] });

describe("the whole policy of the description", () => {
  const result = policy(accounts);

  it("reads without diagnostics", () => {
    expect(result.diagnostics).toEqual([]);
    expect(result.document.header).toMatchObject({
      name: { text: "accounts.audit" },
      zone: { value: "Europe/Berlin" },
    });
  });

  it("gives every declaration and statement its node", () => {
    expect(outline(result.document)).toBe(
      "Principal Principal Intent(Bullet Bullet Bullet Given Given Given) Tool Tool Tool Tool Tool " +
        "Scope(Permit Permit Permit Permit Permit Limit) " +
        "Grounding(Source Source Fact Fact Claim Claim Ground Ground Ground Tolerance) " +
        "Reversibility(Class Class Class Treat Treat Treat Treat Otherwise) " +
        "Discernment(Threshold Threshold Gray Escalate) Tiers Boundary(Hold Hold) Boundary(Hold Hold) Boundary(Hold Hold) " +
        "Boundary(Hold Hold) Boundary(Hold Hold Hold Hold Because) Assert Assert " +
        "Test(GivenStep ProposeStep ExpectStep) Test(TierStep GivenStep ProposeStep ExpectStep)",
    );
  });

  it("is the same tree when it is formatted and read again", () => {
    const made = formatPolicy({ file: "a", text: accounts.replaceAll(/\s+/g, " ") });
    const again = policy(made.ok ? made.text : "");
    expect(again.diagnostics).toEqual([]);
    expect(bare(again.document)).toEqual(bare(result.document));
  });

  it("prints the same after its line ends were changed", () => {
    const windows = policy(accounts.replaceAll("\n", "\r\n"));
    expect(windows.diagnostics).toEqual([]);
    expect(bare(windows.document)).toEqual(bare(result.document));
  });
});

describe("declarations", () => {
  it("reads the header", () => {
    const { document } = policy('policy `my policy`.b extends "std/base", "../other" zone "Asia/Tokyo"');
    expect(bare(document.header)).toEqual({
      name: dotted("my policy", "b"),
      extends: [text("std/base"), text("../other")],
      zone: text("Asia/Tokyo"),
    });
  });

  it("reads a principal", () => {
    const key = "ed25519:abc";
    expect(declaration(`principal owner "Head" key "${key}"`)).toEqual({
      kind: "Principal",
      name: name("owner"),
      display: text("Head"),
      key: text(key),
    });
  });

  it("reads a tool with every kind of type", () => {
    expect(
      declaration(
        'tool a.b(x: int, y?: sensitive list<email>, z: enum("p", "q"), r: { f: json, g?: list<{}> })',
      ),
    ).toMatchObject({
      name: dotted("a", "b"),
      params: [
        { name: name("x"), optional: false, sensitive: false, type: { kind: "NamedType", name: "int" } },
        { optional: true, sensitive: true, type: { kind: "ListType", element: { name: "email" } } },
        { type: { kind: "EnumType", members: [text("p"), text("q")] } },
        {
          type: {
            kind: "RecordType",
            fields: [
              { name: name("f") },
              { optional: true, type: { element: { kind: "RecordType", fields: [] } } },
            ],
          },
        },
      ],
    });
  });

  it("reads an import of tools, tiers and assertions", () => {
    expect(declaration('tools "mail.json"')).toEqual({ kind: "ToolsImport", path: text("mail.json") });
    expect(declaration("tiers a > b > c")).toEqual({
      kind: "Tiers",
      names: [name("a"), name("b"), name("c")],
    });
    expect(declaration("assert never authorize a.b, c.* without confirmation")).toEqual({
      kind: "Assert",
      tools: [tool("a.b"), tool("c.*")],
      never: "without confirmation",
    });
    expect(declaration("assert never authorize * when x")).toMatchObject({ never: reference("name", "x") });
  });
});

describe("intent", () => {
  it("reads bullets and givens", () => {
    expect(statement("intent", 'find "Find " "all."')).toEqual({
      kind: "Bullet",
      name: name("find"),
      text: text("Find all."),
    });
    expect(statement("intent", "given after: duration = -90d")).toMatchObject({
      name: name("after"),
      type: { name: "duration" },
      value: { kind: "DurationLiteral", milliseconds: -90 * 86_400_000 },
    });
    expect(statement("intent", 'given ok: bool asks owner "Is it?"')).toMatchObject({
      asks: { principal: name("owner"), question: text("Is it?") },
    });
  });

  it("tells a bullet that is labelled `asks` from the clause", () => {
    const { document, diagnostics } = policy('policy p\nintent {\n  given ok: bool\n  asks "Ask first."\n}');
    expect(diagnostics).toEqual([]);
    expect(outline(document)).toBe("Intent(Given Bullet)");
  });
});

describe("scope", () => {
  it("reads a permit with all clauses", () => {
    expect(statement("scope", 'permit a, b.c, d* serving find, sum when x because "y"')).toEqual({
      kind: "Permit",
      effect: "permit",
      tools: [tool("a"), tool("b.c"), tool("d*")],
      serving: [name("find"), name("sum")],
      when: reference("name", "x"),
      because: text("y"),
    });
    expect(statement("scope", "forbid *")).toMatchObject({
      effect: "forbid",
      tools: [tool("*")],
      serving: [],
    });
  });

  it("reads limits", () => {
    expect(statement("scope", "limit pay sum amount to 1_000 per 30d each to")).toEqual({
      kind: "Limit",
      tools: [tool("pay")],
      sum: reference("name", "amount"),
      to: { value: 1000, decimal: false },
      window: { per: { milliseconds: 30 * 86_400_000 } },
      each: reference("name", "to"),
    });
    expect(statement("scope", "limit pay to 2.5 per session")).toMatchObject({
      to: { value: 2.5, decimal: true },
      window: { per: "session" },
    });
  });
});

describe("grounding", () => {
  it("reads sources", () => {
    expect(statement("grounding", 'source crm is sqlite "./crm.db" trust 0.98 fresh 10m timeout 2s')).toEqual(
      {
        kind: "Source",
        name: name("crm"),
        origin: { kind: "World", type: name("sqlite"), locator: text("./crm.db") },
        trust: { value: 0.98, decimal: true },
        fresh: { milliseconds: 600_000 },
        timeout: { milliseconds: 2000 },
      },
    );
    expect(
      statement("grounding", "source mails is tool mail.*, chat fields a.b, c as text when x trust 1"),
    ).toMatchObject({
      origin: {
        kind: "ToolOrigin",
        tools: [tool("mail.*"), tool("chat")],
        fields: [dotted("a", "b"), dotted("c")],
        asText: true,
        when: reference("name", "x"),
      },
    });
    expect(statement("grounding", 'source x is tool "a" trust 1')).toMatchObject({
      origin: { kind: "World", type: name("tool") },
    });
  });

  it("reads facts and claims", () => {
    expect(
      statement("grounding", 'fact n?(r: string): int from crm "select " "1" from mirror agree within 0.01'),
    ).toMatchObject({
      kind: "Fact",
      name: name("n"),
      optional: true,
      params: [{ name: name("r") }],
      type: { name: "int" },
      from: [{ source: name("crm"), lookup: text("select 1") }, { source: name("mirror") }],
      agree: { value: 0.01 },
    });
    expect(statement("grounding", "claim share: decimal")).toMatchObject({
      kind: "Claim",
      name: name("share"),
    });
  });

  it("reads grounds, tolerance and unsupported", () => {
    for (const on of ["fact", "inference", "situation", "effect"]) {
      expect(statement("grounding", `ground a on ${on} x because "y"`)).toMatchObject({
        on,
        because: text("y"),
      });
    }
    expect(statement("grounding", "tolerance 0.1")).toEqual({
      kind: "Tolerance",
      value: { value: 0.1, decimal: true },
    });
    expect(statement("grounding", "unsupported at most 1")).toEqual({
      kind: "Unsupported",
      atMost: { value: 1, decimal: false },
    });
  });
});

describe("reversibility", () => {
  it("reads classes", () => {
    expect(statement("reversibility", "class c above b confidence 0.9 confirm owner limit 3 per 1d")).toEqual(
      {
        kind: "Class",
        name: name("c"),
        above: name("b"),
        confidence: { value: 0.9, decimal: true },
        confirm: name("owner"),
        limit: { to: { value: 3, decimal: false }, window: { per: { milliseconds: 86_400_000 } } },
      },
    );
    expect(statement("reversibility", "class above")).toEqual({ kind: "Class", name: name("above") });
  });

  it("reads treatments", () => {
    expect(
      statement("reversibility", 'treat a as c when x by b.undo(id: result.id) within 30d because "y"'),
    ).toMatchObject({
      tools: [tool("a")],
      as: name("c"),
      when: reference("name", "x"),
      undo: {
        call: {
          tool: dotted("b", "undo"),
          args: [{ name: name("id"), value: { name: name("result"), fields: [name("id")] } }],
        },
        within: { milliseconds: 30 * 86_400_000 },
      },
      because: text("y"),
    });
    expect(statement("reversibility", "otherwise c")).toEqual({ kind: "Otherwise", name: name("c") });
  });
});

describe("discernment", () => {
  it("reads all its statements", () => {
    expect(statement("discernment", "threshold 0.3")).toEqual({
      kind: "Threshold",
      value: { value: 0.3, decimal: true },
    });
    expect(statement("discernment", "threshold 0.1 for permanent")).toMatchObject({ for: name("permanent") });
    expect(statement("discernment", 'gray a when x weight 0.5 asks owner "Sure?" because "y"')).toMatchObject(
      {
        weight: { value: 0.5 },
        asks: { principal: name("owner") },
        because: text("y"),
      },
    );
    expect(statement("discernment", "fidelity at least 0.8")).toMatchObject({ atLeast: { value: 0.8 } });
    expect(statement("discernment", "escalate a within 4h, then b within 1d")).toEqual({
      kind: "Escalate",
      steps: [
        { principal: name("a"), within: { milliseconds: 14_400_000 } },
        { principal: name("b"), within: { milliseconds: 86_400_000 } },
      ],
    });
  });
});

describe("boundaries", () => {
  it("tells givens, bullets and tools apart", () => {
    expect(
      statement(
        "boundary a -> b",
        "carries given.x, given.*, intent.find, intent.*, `intent`.x, intent, intent.a.b, crm.*, *",
      ),
    ).toEqual({
      kind: "Hold",
      verb: "carries",
      held: [
        { kind: "HeldGiven", name: "x" },
        { kind: "HeldGiven", name: "*" },
        { kind: "HeldBullet", name: "find" },
        { kind: "HeldBullet", name: "*" },
        { kind: "HeldTool", pattern: "intent.x" },
        { kind: "HeldTool", pattern: "intent" },
        { kind: "HeldTool", pattern: "intent.a.b" },
        { kind: "HeldTool", pattern: "crm.*" },
        { kind: "HeldTool", pattern: "*" },
      ],
    });
    for (const verb of ["carries", "withholds", "grants", "passes"]) {
      expect(statement("boundary a -> b", `${verb} x`)).toMatchObject({ verb });
    }
    expect(statement("boundary a -> b", 'because "y"')).toEqual({ kind: "Because", text: text("y") });
  });
});

describe("tests", () => {
  const step = (line: string) => statement('test "t"', line);

  it("reads every step", () => {
    expect(step("tier low")).toEqual({ kind: "TierStep", tier: name("low") });
    expect(step("given x = unknown")).toEqual({ kind: "GivenStep", name: name("x"), value: "unknown" });
    expect(step('now = "2026-01-01T00:00:00Z"')).toEqual({
      kind: "NowStep",
      time: { kind: "StringLiteral", value: "2026-01-01T00:00:00Z" },
    });
    expect(step("fact f(1, true) = [2.0, {}]")).toEqual({
      kind: "FactStep",
      name: name("f"),
      args: [
        { kind: "NumberLiteral", value: 1, decimal: false },
        { kind: "BoolLiteral", value: true },
      ],
      from: undefined,
      value: {
        kind: "ListLiteral",
        elements: [
          { kind: "NumberLiteral", value: 2, decimal: true },
          { kind: "RecordLiteral", fields: [] },
        ],
      },
    });
    expect(step("fact f() = unknown")).toMatchObject({ args: [], value: "unknown" });
    expect(step("fact f() from s = absent")).toMatchObject({ from: name("s"), value: "absent" });
    expect(step('actor.roles = ["a"]')).toMatchObject({
      kind: "CircumstanceStep",
      root: "actor",
      name: name("roles"),
    });
    expect(step('session.instruction = "x"')).toMatchObject({ root: "session", name: name("instruction") });
    expect(step('observe a() fails "no"')).toMatchObject({ kind: "ObserveStep", fails: true });
    expect(step('propose a() message "m"')).toMatchObject({ message: text("m") });
    expect(step("refused by owner")).toEqual({ kind: "RefusedStep", by: name("owner") });
    expect(step("answered by owner about given.x = true")).toMatchObject({
      kind: "AnsweredStep",
      by: name("owner"),
      about: { kind: "GivenSubject", name: name("x") },
      answer: { value: true },
    });
    expect(step('said owner "yes"')).toEqual({ kind: "SaidStep", by: name("owner"), text: text("yes") });
    expect(step('observe a.b(x: 1) returns { y: "z", n: -1 }')).toMatchObject({
      call: { tool: dotted("a", "b"), args: [{ name: name("x"), value: { value: 1 } }] },
      returns: { fields: [{ name: name("y") }, { name: name("n"), value: { value: -1 } }] },
    });
    expect(step("claim c = -0 confidence 0.5")).toMatchObject({
      value: { value: 0 },
      confidence: { value: 0.5 },
    });
    expect(step("propose a() confidence 1")).toMatchObject({ call: { args: [] }, confidence: { value: 1 } });
    expect(step("confirmed by owner")).toEqual({ kind: "ConfirmedStep", by: name("owner") });
    for (const decision of ["authorize", "confirm", "clarify", "return"]) {
      expect(step(`expect ${decision} from scope, grounding`)).toEqual({
        kind: "ExpectStep",
        decision,
        from: [name("scope"), name("grounding")],
        by: undefined,
      });
    }
  });

  it("reads what is expected besides the decision", () => {
    expect(step('expect return by forbid serving safe because "no"')).toMatchObject({
      by: { rule: "forbid", serving: name("safe"), because: text("no") },
    });
    expect(step("expect scope outside")).toEqual({
      kind: "ExpectFindingStep",
      validator: name("scope"),
      finding: name("outside"),
    });
    expect(step("expect class light")).toEqual({ kind: "ExpectClassStep", class: name("light") });
    expect(step("expect confidence at least 0.5")).toMatchObject({ bound: "least", value: { value: 0.5 } });
    expect(step("expect confidence 0.5")).toMatchObject({ value: { value: 0.5 } });
    expect(step("expect remedy narrow-action by permit")).toMatchObject({
      remedy: name("narrow-action"),
      by: { rule: "permit" },
    });
    expect(step("expect remedy wait")).toMatchObject({ remedy: name("wait") });
    expect(step("expect asks owner about gray")).toMatchObject({
      principal: name("owner"),
      about: { kind: "RuleSubject", rule: { rule: "gray" } },
    });
  });

  it("reads rows, whose columns stand in the place of values", () => {
    const column = (written: string) => ({ kind: "ColumnLiteral", name: name(written) });
    expect(step("for each a, to, `class` in [1, authorize], [[x], unknown]")).toMatchObject({
      kind: "RowsStep",
      columns: [name("a"), name("to"), name("class")],
      rows: [
        { cells: [{ value: 1 }, column("authorize")] },
        { cells: [{ elements: [column("x")] }, column("unknown")] },
      ],
    });
    expect(step("propose t(x: a) confidence b")).toMatchObject({
      call: { args: [{ value: column("a") }] },
      confidence: column("b"),
    });
    expect(step("expect outcome")).toMatchObject({ decision: column("outcome") });
  });
});

describe("names", () => {
  it("takes every contextual keyword as a name", () => {
    const words =
      "policy tool permit when because limit sum count to per each source is trust fact class tiers test text".split(
        " ",
      );
    for (const word of words) {
      expect(statement("scope", `permit ${word}.${word} when ${word} == ${word}.${word}`)).toMatchObject({
        tools: [tool(`${word}.${word}`)],
        when: { left: reference("name", word) },
      });
    }
  });

  it("takes a name in backquotes as nothing but a name", () => {
    expect(statement("scope", "permit `permit`.`not`, `a b` when `true` and `x.y`.`…`")).toMatchObject({
      tools: [tool("permit.not"), tool("a b")],
      when: { left: reference("name", "true"), right: { name: name("x.y"), fields: [name("…")] } },
    });
  });

  it("keeps a star in backquotes from being a pattern", () => {
    const { diagnostics } = policy("policy p\nscope {\n  permit `a*`\n}");
    expect(diagnostics.map(({ code }) => code)).toEqual(["syntax/bad-name"]);
  });
});

describe("places", () => {
  it("are tight around what they name", () => {
    const source = 'policy p\nscope {\n  permit a.b when (x) == 1 // why\n    because "y" "z"\n}\n';
    const { document } = policy(source);
    const [scope] = document.declarations;
    if (scope?.kind !== "Scope") throw new Error("no scope");
    const [permit] = scope.statements;
    if (permit?.kind !== "Permit") throw new Error("no permit");
    const cut = (node: { span: { start: number; end: number } } | undefined) =>
      node === undefined ? undefined : source.slice(node.span.start, node.span.end);
    expect(cut(document)).toBe(source);
    expect(cut(document.header)).toBe("policy p");
    expect(cut(scope)).toBe(source.slice(source.indexOf("scope"), -1));
    expect(cut(permit)).toBe('permit a.b when (x) == 1 // why\n    because "y" "z"');
    expect(cut(permit.tools[0])).toBe("a.b");
    expect(cut(permit.when)).toBe("(x) == 1");
    expect(permit.when?.kind === "Binary" && cut(permit.when.left)).toBe("x");
    expect(cut(permit.because)).toBe('"y" "z"');
  });

  it("count from the start of the text, with a mark of the byte order", () => {
    const { document, diagnostics } = policy("\ufeffpolicy p\n");
    expect(diagnostics).toEqual([]);
    expect(document.header?.span).toMatchObject({ start: 1, end: 9 });
  });
});

describe("comments", () => {
  it("are kept beside the tree, in file order", () => {
    const { comments, diagnostics } = policy('// one\npolicy p // two\nprincipal a "// no"\n//three');
    expect(diagnostics).toEqual([]);
    expect(comments.map(({ text: comment }) => comment)).toEqual(["// one", "// two", "//three"]);
    expect(comments[1]?.span).toMatchObject({ start: 16, end: 22 });
  });
});

describe("a narrowing", () => {
  const narrowing = (source: string) => parseNarrowing({ file: "narrowing", text: source });

  it("has no first line, and may stand on one line", () => {
    const { document, diagnostics } = narrowing(
      "scope { permit a forbid b when x limit c to 3 per session }",
    );
    expect(diagnostics).toEqual([]);
    expect(document).toMatchObject({ kind: "Narrowing", declarations: [{ statements: [{}, {}, {}] }] });
  });

  it("may be empty", () => {
    expect(narrowing("")).toMatchObject({ document: { declarations: [] }, diagnostics: [] });
  });

  it("is told that the first line does not belong to it", () => {
    const { document, diagnostics } = narrowing("policy p\nscope {\n  permit a\n}");
    expect(diagnostics.map(({ code }) => code)).toEqual(["syntax/wrong-place"]);
    expect(document.declarations.map(({ kind }) => kind)).toEqual(["Invalid", "Scope"]);
  });
});

it("names the file it was given in every place", () => {
  const { document } = parsePolicy({ file: "a/b.reshimu", text: accounts });
  const files = new Set<string>();
  JSON.stringify(document, (key, value) => {
    if (key === "file") files.add(value as string);
    return value;
  });
  expect([...files]).toEqual(["a/b.reshimu"]);
});
