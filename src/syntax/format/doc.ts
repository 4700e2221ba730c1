import stringWidth from "string-width";

/**
 * A small algebra of layouts in the manner of Wadler: a group is printed on one line if it fits, else all its own lines break.
 * Beside that it knows what this language needs: a comment ends its line, wherever it stands, and the text behind it goes on
 * in the next one.
 */
export type Doc = string | Atom | Line | Concat | Nested;

/** A token, with the comments that stand on lines of their own before it and the one that ends its line. */
export interface Atom {
  readonly kind: "atom";
  text: string;
  readonly before: OwnLine[];
  after: string | undefined;
  /** Whether a blank line stands directly before it in the source. */
  blank: boolean;
}

/** A comment on a line of its own. */
export interface OwnLine {
  readonly text: string;
  /** Whether a blank line stands directly before it in the source. */
  readonly blank: boolean;
}

interface Concat {
  readonly kind: "concat";
  readonly parts: readonly Doc[];
  readonly breaks: boolean;
}
interface Line {
  readonly kind: "line";
  /** What stands for it where the group is on one line; undefined where it always breaks. */
  readonly flat: string | undefined;
}
interface Nested {
  /**
   * `indent`: its lines start a step deeper. `group`: on one line if it fits, else all its own lines break. `next`: stands behind a
   * space if it fits there, else on the next line.
   */
  readonly kind: "indent" | "group" | "next";
  readonly inner: Doc;
  readonly breaks: boolean;
}

export const line: Line = { kind: "line", flat: " " };
export const softline: Line = { kind: "line", flat: "" };
export const hardline: Line = { kind: "line", flat: undefined };

export const concat = (parts: readonly Doc[]): Doc => ({ kind: "concat", parts, breaks: parts.some(breaks) });
const nested = (kind: Nested["kind"], inner: Doc): Doc => ({ kind, inner, breaks: breaks(inner) });
export const indent = (inner: Doc): Doc => nested("indent", inner);
export const group = (inner: Doc): Doc => nested("group", inner);
/** Behind a space if it fits there, else on the next line. */
export const fitted = (inner: Doc): Doc => nested("next", inner);
/** As many parts on a line as fit. */
export const fill = (parts: readonly Doc[]): Doc =>
  concat(parts.map((part, index) => (index === 0 ? group(part) : fitted(part))));

/** Whether it cannot stand on one line. */
function breaks(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (doc.kind === "atom") return doc.before.length > 0 || doc.after !== undefined;
  return doc.kind === "line" ? doc.flat === undefined : doc.breaks;
}

interface Command {
  readonly depth: number;
  readonly flat: boolean;
  readonly doc: Doc;
}

/** A step of indentation. */
export const step = 2;

/** Prints a layout that starts at a column; its further lines, but those of an `indent`, start at that column as well. */
export function print(doc: Doc, column: number, width: number): string {
  return new Printer(column, width).print(doc);
}

class Printer {
  private readonly lines: string[] = [];
  private current = "";
  /** The columns of the current line, its indentation included. */
  private columns: number;
  /** Whether a comment ends the current line. */
  private ended = false;
  /** The stack of what is to be printed, the next one last. */
  private readonly rest: Command[] = [];

  constructor(
    private readonly start: number,
    private readonly width: number,
  ) {
    this.columns = start;
  }

  print(doc: Doc): string {
    this.rest.push({ depth: this.start, flat: false, doc });
    for (let command = this.rest.pop(); command !== undefined; command = this.rest.pop()) this.one(command);
    this.lines.push(this.current);
    return this.lines.join("\n");
  }

  private one({ doc, depth, flat }: Command): void {
    if (typeof doc === "string") {
      this.write(doc);
      return;
    }
    switch (doc.kind) {
      case "atom":
        this.atom(doc, depth);
        return;
      case "concat":
        for (let i = doc.parts.length - 1; i >= 0; i -= 1)
          this.rest.push({ depth, flat, doc: doc.parts[i] as Doc });
        return;
      case "indent":
        this.rest.push({ depth: depth + step, flat, doc: doc.inner });
        return;
      case "line":
        if (flat && doc.flat !== undefined) this.write(doc.flat);
        else this.newline(depth);
        return;
      case "group":
        this.rest.push({ depth, flat: flat || (!doc.breaks && this.fits(doc.inner)), doc: doc.inner });
        return;
      case "next":
        if (flat || this.fits(doc.inner, 1)) this.write(" ");
        else this.newline(depth);
        this.rest.push({ depth, flat, doc: group(doc.inner) });
        return;
    }
  }

  /** Whether a layout, on one line and behind some spaces, fits with all that must follow it on that line. */
  private fits(doc: Doc, spaces = 0): boolean {
    let room = this.width - this.columns - spaces;
    let behind = this.rest.length - 1;
    const stack: Pick<Command, "doc" | "flat">[] = [{ doc, flat: true }];
    while (room >= 0) {
      const command = stack.pop() ?? this.rest[behind--];
      if (command === undefined) return true;
      const { doc: each, flat } = command;
      if (typeof each === "string") room -= each.length;
      else if (each.kind === "atom") {
        if (each.before.length > 0) return true;
        room -= widthOf(each.text);
        if (each.after !== undefined) return room >= 0;
      } else if (each.kind === "line") {
        if (!flat || each.flat === undefined) return true;
        room -= each.flat.length;
      } else if (each.kind === "concat") {
        for (let i = each.parts.length - 1; i >= 0; i -= 1) stack.push({ doc: each.parts[i] as Doc, flat });
      } else if (each.kind === "next") {
        if (!flat) return true;
        room -= 1;
        stack.push({ doc: each.inner, flat });
      } else stack.push({ doc: each.inner, flat: flat || (each.kind === "group" && !each.breaks) });
    }
    return false;
  }

  private atom({ before, text, after }: Atom, depth: number): void {
    // A statement goes on deeper than it starts, also where only a comment makes it go on.
    const inside =
      this.lines.length === 0 && this.current === "" ? depth : Math.max(depth, this.start + step);
    for (const comment of before) {
      if (this.current.trim() !== "") this.newline(inside);
      this.current += comment.text;
      this.ended = true;
    }
    if (this.ended) this.newline(inside);
    this.write(text);
    if (after === undefined) return;
    this.current += ` ${after}`;
    this.ended = true;
  }

  private write(text: string): void {
    // Space behind a comment is space at the end of a line.
    if (this.ended) return;
    this.current += text;
    this.columns += widthOf(text);
  }

  private newline(depth: number): void {
    this.lines.push(this.current.trimEnd());
    this.current = " ".repeat(depth);
    this.columns = depth;
    this.ended = false;
  }
}

export function widthOf(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}
