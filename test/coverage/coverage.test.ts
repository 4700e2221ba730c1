import { describe, expect, test } from "vitest";
import {
  compilePolicy,
  type Coverage,
  coverageOf,
  directionsOf,
  exerciseOf,
  type Measured,
  percent,
  runTests,
} from "../../src/index.js";

const head = `policy notes.agent

principal owner "Head of Notes"

intent {
  read     "Read the notes."
  keep     "Keep a summary."
  restrain "Nothing else."
  given week: int asks owner "Which week?"
  given folder: path = "/notes"
}

tool notes.read(path: path)
tool notes.write(path: path, lines: list<int>, due?: time)

scope {
  permit notes.read serving read when path within given.folder
  permit notes.write serving keep when path not in ["/a", "/b"] and (given.week > 0 or every l in lines: l > 0)
  forbid notes.write serving restrain when path == "/secret" and size(path) > 5
  limit notes.read to 1 per session
}

grounding {
  source box is json "box.json" trust 0.9
  source seen is tool notes.read when path within "/notes" trust 0.8
  fact size(path: path): int
    from box "/size/{path}"
  ground notes.write on fact size(path) < 100
}

reversibility {
  class light
  class heavy above light confidence 0.8 confirm owner
  treat notes.read as light
  treat notes.write as heavy when not has due
  otherwise light
}

discernment {
  threshold 0.3
  threshold 0.1 for heavy
  gray notes.write when count(lines) > 10 weight 0.5
  escalate owner within 1d
}
`;

const covered = (...tests: readonly string[]): Promise<Coverage> =>
  coveredBy(tests.map((steps) => `test "it" {\n${steps}\n}`).join("\n"));

async function coveredBy(tests: string): Promise<Coverage> {
  const text = `${head}${tests}\n`;
  const { policy, diagnostics } = compilePolicy("p.reshimu", { read: () => ({ text }) });
  if (policy === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  const exercise = exerciseOf(policy);
  await runTests(policy, { observe: exercise.observe });
  return coverageOf(exercise.statements);
}

function find(coverage: Coverage, beginning: string): Measured {
  const found = coverage.files[0]?.all.find(({ place }) => place.text.startsWith(beginning));
  if (found === undefined) throw new Error(`no statement begins with ${beginning}`);
  return found;
}

/** `TEXT: TRUE FALSE UNKNOWN`, without a third where it cannot be unknown. */
const told = ({ conditions }: Measured): string[] =>
  conditions.map(
    (one) =>
      `${one.text}: ${directionsOf(one)
        .map((name) => one.counts[name])
        .join(" ")}`,
  );

const write = (path: string, lines: string): string =>
  `propose notes.write(path: "${path}", lines: ${lines}) confidence 0.9`;

describe("what is exercised", () => {
  test("without tests is nothing, and all is listed", async () => {
    const none = await covered();
    expect(none.statements).toEqual({ hit: 0, of: 15 });
    expect(none.directions.hit).toBe(0);
    expect(none.files[0]?.all.map(({ kind }) => kind).join(" ")).toBe(
      "permit permit forbid limit source fact ground class class treat treat otherwise threshold threshold gray",
    );
  });

  test("is each condition by itself, whatever decides the whole", async () => {
    // The first operand of `and` is false, and the first of `or` unknown.
    const coverage = await covered(write("/a", "[1]"));
    expect(told(find(coverage, "permit notes.write"))).toEqual([
      'path not in ["/a", "/b"] and (given.week > 0 or every l in lines: l > 0): 0 1 0',
      'path not in ["/a", "/b"]: 0 1',
      "given.week > 0: 0 0 1",
      "every l in lines: l > 0: 1 0",
      "l > 0: 1 0",
    ]);
  });

  test("is said of elements for each of them, and of an empty list for none", async () => {
    expect(told(find(await covered(write("/c", "[1, -2, 3]")), "permit notes.write")).slice(-2)).toEqual([
      "every l in lines: l > 0: 0 1",
      "l > 0: 2 1",
    ]);
    expect(told(find(await covered(write("/c", "[]")), "permit notes.write")).slice(-2)).toEqual([
      "every l in lines: l > 0: 1 0",
      "l > 0: 0 0",
    ]);
  });

  test("is a fact's condition also where the decision had no need to ask", async () => {
    const steps = `fact size("/c") = 9\n${write("/c", "[1]")}`;
    const coverage = await covered(steps);
    expect(told(find(coverage, "forbid notes.write"))).toEqual([
      'path == "/secret" and size(path) > 5: 0 1 0',
      'path == "/secret": 0 1',
      "size(path) > 5: 1 0 0",
    ]);
    expect(find(coverage, "fact size").count).toBeGreaterThan(0);
    const silent = await covered(write("/c", "[1]"));
    expect(told(find(silent, "forbid notes.write"))[2]).toBe("size(path) > 5: 0 0 1");
  });

  test("is a statement of the tools that were proposed, and no other", async () => {
    const coverage = await covered('propose notes.read(path: "/notes/a")');
    expect(find(coverage, "permit notes.read").count).toBe(1);
    expect(find(coverage, "permit notes.write").count).toBe(0);
    expect(find(coverage, "threshold 0.3").count).toBe(1);
    expect(find(coverage, "threshold 0.1").count).toBe(0);
  });

  test("is a limit that is kept and one that is passed", async () => {
    const twice = 'propose notes.read(path: "/notes/a")\npropose notes.read(path: "/notes/b")';
    expect(told(find(await covered(twice), "limit"))).toEqual(["the limit is passed: 1 1"]);
  });

  test("is what a class asks, and `otherwise` where no line applies", async () => {
    const coverage = await covered(`fact size("/c") = 9\n${write("/c", "[1]")}\nconfirmed by owner`);
    expect(told(find(coverage, "class heavy"))).toEqual([
      "a confidence of 0.8 is reached: 2 0",
      "owner has confirmed: 1 1",
    ]);
    expect(find(coverage, "otherwise").count).toBe(0);
    const due = 'propose notes.write(path: "/c", lines: [], due: "2026-01-01T00:00:00Z")';
    expect(find(await covered(due), "otherwise").count).toBe(1);
  });

  test("is counted for each row by itself, whatever givens it leaves unknown", async () => {
    const rows = await coveredBy(`test "it {week}" {
  for each week, wrote in
    [1, "/c"],
    [0, "/c"],
    [unknown, "/a"]
  given week = week
  propose notes.write(path: wrote, lines: [])
}`);
    const permit = find(rows, "permit notes.write");
    expect(permit.count).toBe(3);
    expect(told(permit).slice(1, 3)).toEqual(['path not in ["/a", "/b"]: 2 1', "given.week > 0: 1 1 1"]);
    expect(rows.statements.of).toBe(15);
  });

  test("is a source once an output of its tool arrives", async () => {
    expect(find(await covered('propose notes.read(path: "/notes/a")'), "source seen").count).toBe(0);
    const seen = await covered('observe notes.read(path: "/notes/a") returns "x"');
    expect(find(seen, "source seen").count).toBe(1);
    expect(told(find(seen, "source seen"))).toEqual(['path within "/notes": 1 0']);
  });
});

describe("the sum", () => {
  test("of two policies that share a file adds up, statement by statement", async () => {
    const one = await covered('propose notes.read(path: "/notes/a")');
    const other = await covered(write("/c", "[1]"));
    const both = coverageOf([...one.files, ...other.files].flatMap(({ all }) => all));
    expect(both.statements.of).toBe(one.statements.of);
    expect(find(both, "permit notes.read").count).toBe(1);
    expect(find(both, "permit notes.write").count).toBe(1);
    expect(find(both, "threshold 0.3").count).toBe(2);
  });

  test("is rounded down, so that only all is 100", () => {
    expect([percent({ hit: 999, of: 1_000 }), percent({ hit: 9_999, of: 10_000 })]).toEqual([99.9, 99.9]);
    expect([percent({ hit: 0, of: 0 }), percent({ hit: 3, of: 3 })]).toEqual([100, 100]);
  });
});
