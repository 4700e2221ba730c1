import { RE2JS } from "re2js";

/** Whether a text fits; prepared once. */
export type TextTest = (text: string) => boolean;

const control = /\p{Cc}/u;

/** `like`: a glob over the whole string, where `*` stands for any run without control characters; `\*` is a star. */
export function globTest(glob: string): TextTest {
  const parts = globParts(glob);
  const [first, ...rest] = parts as [string, ...string[]];
  if (rest.length === 1 && rest[0] === "")
    return (text) => text.startsWith(first) && !control.test(text.slice(first.length));
  const pattern = RE2JS.compile(parts.map((part) => RE2JS.quote(part)).join("[^\\p{Cc}]*"), RE2JS.DOTALL);
  return (text) => pattern.matches(text);
}

/** The literal runs between the stars. */
function globParts(glob: string): string[] {
  const parts = [""];
  for (const [piece] of glob.matchAll(/\\[\\*]|./gs)) {
    if (piece === "*") parts.push("");
    else parts[parts.length - 1] += piece === "\\*" || piece === "\\\\" ? piece.slice(1) : piece;
  }
  return parts;
}

/** `matches`: an RE2 pattern over the whole string, in linear time. A pattern that does not compile fits nothing: undefined. */
export function regexTest(pattern: string): TextTest | undefined {
  const compiled = compile(pattern);
  return compiled === undefined ? undefined : (text) => compiled.matches(text);
}

/** `extract`: every match, in order; of a pattern with a group, what the group matched. Undefined as in `regexTest`. */
export function extractor(pattern: string): ((text: string) => string[]) | undefined {
  const compiled = compile(pattern);
  if (compiled === undefined) return undefined;
  const group = compiled.groupCount() > 0 ? 1 : 0;
  return (text) => {
    const matcher = compiled.matcher(text);
    const found: string[] = [];
    while (matcher.find()) found.push(matcher.group(group) ?? "");
    return found;
  };
}

/** In characters. A repeat of one character may stand for a thousand: what a longer pattern compiles to has no bound that matters. */
const longestPattern = 1_000;

function compile(pattern: string): RE2JS | undefined {
  if (pattern.length > longestPattern) return undefined;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}
