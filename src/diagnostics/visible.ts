import stringWidth from "string-width";

const TAB = "    ";

/** Line endings, which keep their meaning only where a caller splits at them first. */
const BREAKS = /\r\n?|\n|\u2028|\u2029/g;

/**
 * What a terminal would obey instead of show: controls (an escape sequence can rewrite what was printed before it), marks that
 * reorder text (a policy must not read otherwise than it works), and characters without any width.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Made when it is first needed: that takes longer than all else here. */
let segmenter: Intl.Segmenter | undefined;
const graphemes = (): Intl.Segmenter => {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter;
};

/** A text made safe to print on one line: line endings become spaces, tabs four spaces, the unsafe gets a visible name. */
export function visible(text: string): string {
  return text.replace(BREAKS, " ").replace(/\t/g, TAB).replace(UNSAFE, nameOf);
}

/** The columns a text takes up on a terminal once it is made visible. */
export function visibleWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return stringWidth(visible(text));
}

/** The nearest offset at or before (or, when `after`, at or after) `offset` that does not cut a character people see as one. */
export function graphemeBoundary(text: string, offset: number, after: boolean): number {
  if (offset <= 0 || offset >= text.length || PRINTABLE_ASCII.test(text)) return offset;
  const segment = graphemes().segment(text).containing(offset);
  if (segment === undefined || segment.index === offset) return offset;
  return after ? segment.index + segment.segment.length : segment.index;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
