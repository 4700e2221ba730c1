import type { PolicyIr, SourceIr, ToolIr, ToolSourceIr } from "../ir/policy.js";
import { covers } from "../logic/tools.js";
import { ToolReader } from "./tool-reader.js";

/** What speaks of tools, by the names or patterns it gives. */
interface Speaking {
  readonly tools: readonly string[];
}

/** Finds the statements that speak of a tool, so that the plan of one does not read what is said of all others. */
export class Register {
  readonly toolSources: readonly ToolSourceIr[];
  readonly #lists = new WeakMap<readonly Speaking[], Listed>();
  readonly #readers = new Map<string, ToolReader>();

  constructor({ sources }: PolicyIr) {
    this.toolSources = sources.filter(isToolSource);
  }

  /** How a tool's arguments are read: one for all tools with the same signature and marks. */
  reader({ params, annotated }: ToolIr): ToolReader {
    const key = JSON.stringify([params, annotated]);
    const reader = this.#readers.get(key) ?? new ToolReader(params, annotated);
    this.#readers.set(key, reader);
    return reader;
  }

  /** Those of a list of the policy that cover a tool, in its order. The same list for tools that nothing names. */
  of<S extends Speaking>(all: readonly S[], tool: string): readonly S[] {
    const listed = this.#lists.get(all) ?? listedOf(all);
    this.#lists.set(all, listed);
    const places = listed.patterns.filter((place) => covers((all[place] as S).tools, tool));
    const named = listed.named.get(tool);
    if (named === undefined) return listed.shared(places) as readonly S[];
    return [...new Set([...named, ...places])].sort((a, b) => a - b).map((place) => all[place] as S);
  }
}

/** Places in a list. */
interface Listed {
  readonly named: ReadonlyMap<string, readonly number[]>;
  /** Of those that name a tool by a pattern. */
  readonly patterns: readonly number[];
  /** What stands at some of these, made once. */
  shared(places: readonly number[]): readonly Speaking[];
}

function listedOf(all: readonly Speaking[]): Listed {
  const named = new Map<string, number[]>();
  const patterns: number[] = [];
  for (const [place, { tools }] of all.entries())
    if (tools.some((name) => name.endsWith("*"))) patterns.push(place);
    else
      for (const name of new Set(tools)) {
        const places = named.get(name) ?? [];
        named.set(name, places);
        places.push(place);
      }
  const made = new Map<string, readonly Speaking[]>();
  const shared = (places: readonly number[]): readonly Speaking[] => {
    const key = places.join();
    const those = made.get(key) ?? places.map((place) => all[place] as Speaking);
    made.set(key, those);
    return those;
  };
  return { named, patterns, shared };
}

const isToolSource = (source: SourceIr): source is ToolSourceIr => source.kind === "tool";
