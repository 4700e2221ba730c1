import type { PolicyDocument, Source } from "../syntax/ast.js";
import { type ParseResult, parsePolicy } from "../syntax/parse.js";

/** So much text of bases is remembered, in UTF-16 units, of which a tree takes some hundred bytes each; the oldest goes first. */
const mostText = 512 * 1024;

interface Parsed {
  readonly text: string;
  readonly result: ParseResult<PolicyDocument>;
}

/**
 * Parses files that others extend, each once while it says the same: the policies of a folder mostly extend the same few. A syntax
 * tree never changes, so that any number of policies can hold it.
 */
export class ParsedBases {
  readonly #byFile = new Map<string, Parsed>();
  #held = 0;

  /** Parses the files of a policy: its entry anew, for nobody else asks for that again. */
  parserFor(entry: string): typeof parsePolicy {
    return (source) => (source.file === entry ? parsePolicy(source) : this.#parse(source));
  }

  #parse(source: Source): ParseResult<PolicyDocument> {
    const { file, text } = source;
    const known = this.#byFile.get(file);
    const result = known?.text === text ? known.result : parsePolicy(source);
    this.#forget(file);
    this.#byFile.set(file, { text, result });
    this.#held += text.length;
    for (const oldest of this.#byFile.keys()) {
      if (this.#held <= mostText) break;
      this.#forget(oldest);
    }
    return result;
  }

  #forget(file: string): void {
    this.#held -= this.#byFile.get(file)?.text.length ?? 0;
    this.#byFile.delete(file);
  }
}
