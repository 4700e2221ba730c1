import { describe, expect, it } from "vitest";
import { Findings } from "../../src/syntax/findings.js";
import { lex } from "../../src/syntax/lexer.js";
import { endOffset } from "../../src/syntax/tokens.js";
import { accounts, bare, policy, told } from "./support.js";

/** One token of the whole policy is changed, at every place: whatever it was, the file must stay readable around it. */

const tokens = lex({ file: "accounts", text: accounts }, new Findings()).tokens;
const original = policy(accounts).document.declarations.map((each) => JSON.stringify(bare(each)));

interface Slip {
  readonly start: number;
  readonly end: number;
  readonly image: string;
}

/** Every third place, and another third for each mutation. */
const slips: readonly Slip[] = tokens.map((token) => ({
  start: token.startOffset,
  end: endOffset(token),
  image: token.image,
}));

const mutations: readonly (readonly [string, (image: string) => string])[] = [
  ["is left out", () => ""],
  ["stands twice", (image) => `${image} ${image}`],
  ["is a name", () => "zzz"],
  ["is a number", () => "7"],
  ["is a bracket", () => ")"],
  ["is a brace", () => "}"],
  ["is a keyword", () => "when"],
  ["is a reserved word", () => "not"],
  ["is a string", () => '"zzz"'],
  ["is an unknown character", () => "@"],
];

/** How many of the declarations are no longer there as they were. */
function lost(mutated: ReturnType<typeof policy>): number {
  const left = mutated.document.declarations.map((each) => JSON.stringify(bare(each)));
  let missing = 0;
  for (const each of original) {
    const index = left.indexOf(each);
    if (index < 0) missing += 1;
    else left.splice(index, 1);
  }
  return missing;
}

describe.each(mutations.map((each, index) => [...each, index] as const))(
  "when one token %s",
  (title, mutate, turn) => {
    const places = slips.filter((_, index) => index % 3 === turn % 3);
    const results = places.map(({ start, end, image }) => {
      const text = accounts.slice(0, start) + mutate(image) + accounts.slice(end);
      const result = policy(text);
      return { text, result, diagnostics: result.diagnostics, lost: lost(result) };
    });
    const show = ({ text, diagnostics }: (typeof results)[number]) => told(text, diagnostics);

    it("there are at most two diagnostics", () => {
      expect(results.filter(({ diagnostics }) => diagnostics.length > 2).map(show)).toEqual([]);
    });

    it("all other declarations are kept", () => {
      // A brace too many may end a block where its statements go on: then only they are lost, with the block.
      expect(results.filter((each) => each.lost > 1).map(show)).toEqual([]);
    });

    it("a slip gives one diagnostic, nearly always", () => {
      const broken = results.filter(({ diagnostics }) => diagnostics.length > 0);
      const once = broken.filter(({ diagnostics }) => diagnostics.length === 1);
      expect(broken.length, title).toBeGreaterThan(0);
      expect(once.length / broken.length, title).toBeGreaterThan(0.97);
    });

    it("no diagnostic repeats another's place", () => {
      for (const { diagnostics } of results) {
        const starts = diagnostics.map(({ span }) => span.start);
        expect(new Set(starts).size).toBe(starts.length);
      }
    });
  },
);
