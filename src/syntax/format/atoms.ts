import type { IToken } from "chevrotain";
import type { Comment } from "../ast.js";
import { Comma, endOffset, LCurly } from "../tokens.js";
import type { Atom, OwnLine } from "./doc.js";

/** The tokens of a text as atoms, in their order, and the comments that stand behind the last one. */
export interface Atoms {
  readonly of: ReadonlyMap<IToken, Atom>;
  readonly tail: readonly OwnLine[];
}

/**
 * Puts the comments to the tokens. A comment in the line of a token stays behind it; any other stands on a line of its own
 * before the next token. `dropped` are tokens that are left out.
 */
export function atomsOf(
  text: string,
  tokens: readonly IToken[],
  comments: readonly Comment[],
  dropped: ReadonlySet<IToken>,
): Atoms {
  const gaps = new Gaps(text, comments);
  const of = new Map<IToken, Atom>();
  for (const token of tokens) if (!dropped.has(token)) of.set(token, gaps.next(token));
  return { of, tail: gaps.upTo(text.length).lines };
}

/** What stands between the tokens. */
class Gaps {
  private nextComment = 0;
  private last: Atom | undefined;
  /** Where the token or comment ends that was met last. */
  private end = 0;

  constructor(
    private readonly text: string,
    private readonly comments: readonly Comment[],
  ) {}

  next(token: IToken): Atom {
    const comment = this.comments[this.nextComment];
    const isHeld = comment !== undefined && comment.span.start < token.startOffset;
    // What stands before a comma or an opening brace goes behind it.
    const passesOn = isHeld && (token.tokenType === Comma || token.tokenType === LCurly);
    const { lines, blank } = passesOn ? { lines: [], blank: false } : this.upTo(token.startOffset);
    const atom: Atom = { kind: "atom", text: token.image, before: lines, after: undefined, blank };
    this.last = atom;
    if (!passesOn) this.end = endOffset(token);
    return atom;
  }

  /** The comments before a place, but for one in the line of the last token, which goes to it. */
  upTo(place: number): { readonly lines: OwnLine[]; readonly blank: boolean } {
    const lines: OwnLine[] = [];
    for (;;) {
      const comment = this.comments[this.nextComment];
      if (comment === undefined || comment.span.start >= place) break;
      this.nextComment += 1;
      const breaks = this.lineBreaks(comment.span.start);
      const text = comment.text.trimEnd();
      if (breaks === 0 && this.last !== undefined) this.last.after = text;
      else lines.push({ text, blank: breaks > 1 });
      this.end = comment.span.end;
    }
    return { lines, blank: this.lineBreaks(place) > 1 };
  }

  /** How many lines end between what was met last and a place, as far as two. */
  private lineBreaks(place: number): number {
    let count = 0;
    for (let at = this.end; at < place && count < 2; at += 1) {
      const char = this.text[at];
      if (char === "\n" || (char === "\r" && this.text[at + 1] !== "\n")) count += 1;
    }
    return count;
  }
}
