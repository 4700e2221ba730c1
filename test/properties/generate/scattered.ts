import { lex } from "../../../src/syntax/lexer.js";
import { Findings } from "../../../src/syntax/findings.js";
import { endOffset } from "../../../src/syntax/tokens.js";
import type { Draw } from "./choices.js";

/** A text whose tokens are kept, and what was put between them. */
export interface Scattered {
  readonly text: string;
  /** The comments, in their order. */
  readonly comments: readonly string[];
}

/** Other white space at every boundary of two tokens. */
export const spaced = (draw: Draw, text: string): string =>
  between(text, () => draw.pick([" ", "\n", "\t", "  ", "\r\n", " \n ", "\r"]));

/** White space, blank lines and comments at every boundary of two tokens, or at some of them. */
export function scattered(draw: Draw, text: string): Scattered {
  const comments: string[] = [];
  const percent = draw.pick([5, 30, 100]);
  const comment = (): string => {
    const said = `// ${draw.pick(["", "reshimu-allow lint/x: "])}c${comments.length}${draw.pick(["", " ", ' // "x" { y'])}`;
    comments.push(said.trimEnd());
    return said;
  };
  const gap = (): string =>
    draw.weighted<() => string>([
      [3, () => ` ${comment()}\n`],
      [2, () => `\n${comment()}\r\n`],
      [1, () => `\n\n  ${comment()}\n\n\t${comment()}\n`],
      [1, () => ` ${comment()}\n${comment()}\n\n\n`],
      [1, () => "\n\n\n"],
      [1, () => "\n"],
    ])();
  return { text: between(text, () => (draw.chance(percent) ? gap() : " ")), comments };
}

/** A text with something else than before in front of each token, and behind the last one. */
function between(text: string, gap: () => string): string {
  const { tokens } = lex({ file: "text", text }, new Findings());
  const parts = tokens.map((token) => `${gap()}${text.slice(token.startOffset, endOffset(token))}`);
  return `${parts.join("")}${gap()}`;
}
