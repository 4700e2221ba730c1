import { type SemanticTokens, SemanticTokensBuilder } from "vscode-languageserver";
import { functions } from "../compiler/check/typing/functions.js";
import { typeNames } from "../compiler/types.js";
import type { Mention, NameKind } from "../compiler/program.js";
import { reserved } from "../syntax/tokens.js";
import type { Piece } from "../syntax/pieces.js";
import { nameSpans } from "./navigate.js";
import type { Checked, Workspace } from "./workspace.js";

const types = [
  ..."keyword comment string number operator variable parameter property function method".split(" "),
  ..."class type namespace enumMember".split(" "),
] as const;
const modifiers = ["declaration", "readonly", "defaultLibrary"] as const;

/** What the numbers of a semantic token mean. */
export const legend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

const typeOfName: Readonly<Record<NameKind, string>> = {
  principal: "type",
  bullet: "property",
  given: "variable",
  tool: "function",
  parameter: "parameter",
  source: "namespace",
  fact: "method",
  claim: "variable",
  class: "class",
  tier: "enumMember",
  variable: "variable",
};

/** The tokens of a file by what they mean: a contextual keyword that stands as a name is that name. */
export function semanticTokens(checked: Checked, workspace: Workspace): SemanticTokens {
  const { path, context, names } = checked;
  const unit = context?.program.units.find((one) => one.source.file === path);
  const written = unit === undefined ? new Set<number>() : nameSpans(unit.document);
  const document = workspace.document(path);
  const builder = new SemanticTokensBuilder();
  const mentions = names.in(path);
  let next = 0;
  const pieces = workspace.pieces(path);
  for (const [index, piece] of pieces.entries()) {
    while ((mentions[next]?.span.end ?? Number.POSITIVE_INFINITY) <= piece.start) next += 1;
    const mention = mentions[next];
    const inside = mention !== undefined && mention.span.start <= piece.start ? mention : undefined;
    const meaning = meaningOf(piece, inside, written, pieces[index + 1]);
    if (meaning === undefined) continue;
    const { line, character } = document.positionAt(piece.start);
    const [type, flags] = meaning;
    builder.push(
      line,
      character,
      piece.end - piece.start,
      types.indexOf(type),
      flags.reduce((sum, flag) => sum + (1 << modifiers.indexOf(flag)), 0),
    );
  }
  return builder.build();
}

type Meaning = readonly [type: string, modifiers: readonly (typeof modifiers)[number][]];

function meaningOf(
  piece: Piece,
  mention: Mention | undefined,
  written: ReadonlySet<number>,
  after: Piece | undefined,
): Meaning | undefined {
  const isWord = piece.kind === "name" || piece.kind === "keyword";
  const [definition] = mention?.definitions ?? [];
  if (isWord && mention !== undefined && definition !== undefined)
    return [
      typeOfName[definition.kind],
      [
        ...(mention.declares ? (["declaration"] as const) : []),
        ...(definition.kind === "given" || definition.kind === "claim" ? (["readonly"] as const) : []),
      ],
    ];
  switch (piece.kind) {
    case "comment":
    case "string":
    case "number":
      return [piece.kind, []];
    case "keyword":
      if (!written.has(piece.start) || reserved.has(piece.text)) return ["keyword", []];
      return functions.has(piece.text) && after?.text === "("
        ? ["function", ["defaultLibrary"]]
        : ["variable", []];
    case "name":
      if (functions.has(piece.text) && after?.text === "(") return ["function", ["defaultLibrary"]];
      return [!written.has(piece.start) && typeNames.includes(piece.text) ? "type" : "variable", []];
    default:
      return undefined;
  }
}
