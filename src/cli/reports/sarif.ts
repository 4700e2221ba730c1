import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Log, PhysicalLocation, Region, ReportingDescriptor, Result } from "sarif";
import {
  type Diagnostic,
  explain,
  indexLines,
  type LineIndex,
  type Severity,
  type Span,
} from "../../index.js";
import type { Sources } from "../diagnostics.js";

const levels = { error: "error", warning: "warning", hint: "note" } as const satisfies Record<
  Severity,
  Result.level
>;

/** Diagnostics in the Static Analysis Results Interchange Format, version 2.1.0. */
export function sarifOf(diagnostics: readonly Diagnostic[], sources: Sources, version: string): Log {
  const codes = [...new Set(diagnostics.map((one) => one.code))].sort();
  const place = placer(sources);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "reshimu", semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((one) => resultOf(one, codes.indexOf(one.code), place)),
      },
    ],
  };
}

function ruleOf(code: string): ReportingDescriptor {
  const explanation = explain(code);
  if (explanation === undefined) return { id: code };
  const { severity, summary, why, avoid, prefer } = explanation;
  const fence = (text: string): string => `\`\`\`reshimu\n${text.trim()}\n\`\`\``;
  return {
    id: code,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nAvoid:\n\n${avoid}\nPrefer:\n\n${prefer}`,
      markdown: `${why}\n\nAvoid:\n\n${fence(avoid)}\n\nPrefer:\n\n${fence(prefer)}`,
    },
    defaultConfiguration: { level: levels[severity] },
  };
}

type Place = (span: Span) => PhysicalLocation & { readonly region: Region };

function resultOf(one: Diagnostic, ruleIndex: number, place: Place): Result {
  const { code, severity, message, span, label, related = [], help, fix } = one;
  const sentence = [message, ...(help === undefined ? [] : [help])].join("\n");
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: sentence },
    locations: [{ physicalLocation: place(span), ...(label ? { message: { text: label } } : {}) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            physicalLocation: place(other.span),
            message: { text: other.text },
          })),
        }),
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: fix.title },
              artifactChanges: fix.edits.map((edit) => {
                const { artifactLocation, region } = place(edit.span);
                return {
                  artifactLocation: artifactLocation ?? {},
                  replacements: [{ deletedRegion: region, insertedContent: { text: edit.text } }],
                };
              }),
            },
          ],
        }),
  };
}

function placer(sources: Sources): Place {
  const lines = new Map<string, LineIndex>();
  return ({ file, start, end }) => {
    const text = sources.get(file);
    const index = lines.get(file) ?? indexLines(text ?? "");
    lines.set(file, index);
    const [from, to] = [index.positionAt(start), index.positionAt(end)];
    return {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    };
  };
}

/** A relative path stays one: it starts where the command was run, mostly at the root of the repository. */
const uriOf = (file: string): string =>
  path.isAbsolute(file) ? pathToFileURL(file).href : file.split(/[\\/]/).map(encodeURIComponent).join("/");
