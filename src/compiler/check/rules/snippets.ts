/** The parts of a small policy: each text is added to what stands there, a line or more. */
export interface Parts {
  readonly principals?: string;
  readonly intent?: string;
  readonly tools?: string;
  readonly scope?: string;
  readonly grounding?: string;
  readonly reversibility?: string;
  readonly discernment?: string;
  /** Further declarations, at the end. */
  readonly more?: string;
}

const minimal = {
  header: "policy notes.summary",
  principals: 'principal owner "Head of the team"',
  intent: `
    read      "Read the notes of the week."
    summarise "Write one summary of them."
    restrain  "Change nothing else."`,
  tools: `
    tool notes.read(path: path, lines?: int)
    tool notes.write(path: path, body: string)`,
  scope: `
    permit notes.read serving read
      when path within "/notes"
    permit notes.write serving summarise
      when path within "/notes/summaries"
    forbid notes.* serving restrain
      when path like "*/private/*"`,
  grounding: `
    ground notes.write on effect
      length(body) <= 20_000
    unsupported at most 0.9`,
  reversibility: `
    class read
    class permanent above read confirm owner
    treat notes.read as read
    otherwise permanent`,
  discernment: `
    threshold 0.3
    escalate owner within 4h`,
} as const;

/** The parts that can be put in place of the minimal ones; the header too. */
export type Replaced = { readonly [P in keyof typeof minimal]?: string };

/**
 * A whole policy for a rule's `avoid` and `prefer` (architecture.md, habit 2): a minimal commission that checks clean, with
 * `parts` added to its blocks, and `instead` put in place of its own lines (an empty text leaves the block out).
 */
export function commission(parts: Parts = {}, instead: Replaced = {}): string {
  const own = { ...minimal, ...instead };
  return [
    indent(own.header, ""),
    indent(join(own.principals, parts.principals), ""),
    block("intent", own.intent, parts.intent),
    indent(join(own.tools, parts.tools), ""),
    block("scope", own.scope, parts.scope),
    block("grounding", own.grounding, parts.grounding),
    block("reversibility", own.reversibility, parts.reversibility),
    block("discernment", own.discernment, parts.discernment),
    indent(parts.more ?? "", ""),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function block(keyword: string, own: string, added: string | undefined): string {
  const lines = indent(join(own, added), "  ");
  return lines === "" ? "" : `${keyword} {\n${lines}\n}`;
}

function join(own: string, added = ""): string {
  return [indent(own, ""), indent(added, "")].filter((text) => text !== "").join("\n");
}

/** A boundary and what it says; `from -> to` and a line for each thing. */
export type BoundaryText = readonly [ends: string, ...lines: string[]];

/** A base policy of tiers and boundaries, for the rules about the descent. */
export function descent(tiers: string, boundaries: readonly BoundaryText[]): string {
  const written = boundaries.map(
    ([ends, ...lines]) => `boundary ${ends} {\n${indent(lines.join("\n"), "  ")}\n}`,
  );
  return `policy notes.tiers

tool notes.read(path: path)
tool notes.write(path: path, body: string)

tiers ${tiers}

${written.join("\n")}
`;
}

/** Hands all there is on to a tier between the root and the one that acts. */
export const handsOn: BoundaryText = ["root -> editor", "carries intent.*, given.*", "passes  *"];
/** Lets the tier below it do all there is. */
export const grantsAll: BoundaryText = ["editor -> writer", "carries intent.*, given.*", "grants  *"];

/** Sets a text at a margin; how its lines stand to each other is kept. */
function indent(text: string, margin: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const least = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => margin + line.slice(least)).join("\n");
}
