import type { Span } from "../../diagnostics/diagnostic.js";
import { indexLines, type LineIndex } from "../../diagnostics/lines.js";
import { compareText } from "../../ir/order.js";
import type { PolicyIr, Written } from "../../ir/policy.js";

type Place = PolicyIr["spans"][string][number];

/** How much of a statement is quoted in a decision. */
const longestText = 300;

/** What is kept of a statement besides where it stands. */
export interface Quoted {
  /** The parts of its condition that `and` joins. */
  readonly parts?: readonly Span[] | undefined;
  /** Where its reason stands, which is not quoted again. */
  readonly because?: Span | undefined;
  /** Its conditions as they are written, from the lines of its file. */
  readonly conditions?: (lines: LineIndex) => Written[];
}

/** Where statements stand, by their key (`ir/policy.ts`, `spans`). */
export interface Places {
  add(key: string, span: Span, quoted?: Quoted): void;
  table(): PolicyIr["spans"];
}

/** Collects places; each text is split into lines once. */
export function collectPlaces(sources: ReadonlyMap<string, string>, earlier: PolicyIr["spans"] = {}): Places {
  const places = new Map<string, Place[]>(Object.entries(earlier).map(([key, all]) => [key, [...all]]));
  const indices = new Map<string, LineIndex>();
  const linesOf = (file: string): LineIndex => {
    const lines = indices.get(file) ?? indexLines(sources.get(file) ?? "");
    indices.set(file, lines);
    return lines;
  };
  return {
    add(key, span, { parts, because, conditions } = {}) {
      const lines = linesOf(span.file);
      const textOf = (of: Span): string => quoted(lines.text.slice(of.start, of.end));
      const { line, column } = lines.positionAt(span.start);
      const written = conditions?.(lines) ?? [];
      const place = {
        file: span.file,
        line,
        column,
        text: textOf(because === undefined ? span : { ...span, end: because.start }).replace(/ because$/, ""),
        ...(parts === undefined ? {} : { parts: parts.map(textOf) }),
        ...(written.length === 0 ? {} : { conditions: written }),
      };
      const others = places.get(key);
      if (others === undefined) places.set(key, [place]);
      else others.push(place);
    },
    table: () => asRecord(places),
  };
}

function quoted(text: string): string {
  const oneLine = text.trim().replace(/\s+/g, " ").toWellFormed();
  return oneLine.length <= longestText
    ? oneLine
    : `${oneLine.slice(0, longestText - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function asRecord(places: ReadonlyMap<string, readonly Place[]>): PolicyIr["spans"] {
  const keys = [...places.keys()].sort(compareText);
  return Object.fromEntries(keys.map((key) => [key, [...(places.get(key) ?? [])].sort(comparePlaces)]));
}

const comparePlaces = (a: Place, b: Place): number =>
  compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
