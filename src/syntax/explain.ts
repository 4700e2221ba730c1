import { file } from "./blocks.js";
import { quoted } from "./findings.js";
import { formOf } from "./forms.js";
import { slips } from "./slips/index.js";
import * as t from "./tokens.js";
import { type Explanation, explained, foundToken, placeOf, previousToken, type Trouble } from "./trouble.js";
import { oneOf, plainWords } from "./words.js";

/** What went wrong in a statement: by the first slip that knows it, or else in general words. */
export function explain(trouble: Trouble): Explanation {
  for (const slip of slips) {
    const explanation = slip(trouble);
    if (explanation !== undefined) return explanation;
  }
  return foundToken(trouble) === undefined ? unfinished(trouble) : unexpected(trouble);
}

function unexpected(trouble: Trouble): Explanation {
  const found = foundToken(trouble)?.image ?? "";
  const wanted = trouble.at === trouble.start ? startOf(trouble) : wantedHere(trouble);
  const message =
    wanted === "" ? `${quoted(found)} cannot stand here` : `expected ${wanted}, found ${quoted(found)}`;
  return explained("syntax/unexpected-token", placeOf(trouble), message, {
    label: "not expected here",
    help: helpFor(trouble),
  });
}

function unfinished(trouble: Trouble): Explanation {
  const first = trouble.tokens[trouble.start];
  const last = previousToken(trouble);
  const wanted = wantedHere(trouble);
  const behind = last === undefined || last === first ? "" : ` after ${quoted(last.image)}`;
  const what = first === undefined || last === undefined ? "this" : `this ${quoted(first.image)}`;
  const more = wanted === "" ? "" : `: expected ${wanted}${behind}`;
  return explained("syntax/unexpected-token", placeOf(trouble), `${what} is not finished${more}`, {
    label: "more is expected after this",
    help: helpFor(trouble),
  });
}

function startOf({ level, expected }: Trouble): string {
  if (level.rule === "expr") return oneOf(plainWords(expected));
  return level === file ? "a declaration" : `a statement of ${level.title}`;
}

/** The expected words. Where the statement could also end, what starts the next one is said in two words. */
function wantedHere(trouble: Trouble): string {
  const starters = new Set(trouble.level.words.filter((word) => word !== "").map((word) => t.keyword(word)));
  const canEnd = starters.size > 0 && [...starters].every((type) => trouble.expected.includes(type));
  const words = plainWords(trouble.expected, canEnd ? starters : new Set());
  return oneOf(canEnd ? [...words, "the next statement"] : words);
}

function helpFor(trouble: Trouble): string {
  if (trouble.level.rule === "expr") return "an expression is a condition or a value, as after `when`";
  const words = oneOf(trouble.level.words.map((word) => `\`${word}\``));
  if (trouble.at === trouble.start) return `what can stand here starts with ${words}`;
  const form = formOf(trouble.tokens[trouble.start]?.image ?? "", trouble.level);
  return form === undefined
    ? "repair this statement; the ones around it are read nevertheless"
    : `it is written \`${form}\``;
}
