import type { Span } from "../../../diagnostics/diagnostic.js";
import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { Dotted, Name, ToolRef } from "../../../syntax/ast.js";
import { parameterDefinition, toolDefinition } from "../../names.js";
import type { DeclaredTool } from "../../program.js";
import { report, type Work } from "./env.js";

/** The tools that references cover; reports one that covers none. */
export function coveredTools(
  refs: readonly ToolRef[],
  typer: Work,
): { readonly tools: readonly DeclaredTool[]; readonly known: boolean } {
  const all = refs.map((ref) => typer.toolsOf(ref));
  let known = true;
  for (const [index, ref] of refs.entries()) {
    const covered = all[index] ?? [];
    typer.mention(ref.span, () => covered.map(toolDefinition));
    if (covered.length === 0 && ref.pattern !== "*") {
      known = false;
      unknownTool(ref.pattern, ref.span, typer);
    }
  }
  const [only = []] = all;
  // One list for all statements of one pattern: what is told of a list is told once.
  return { tools: all.length === 1 ? only : [...new Set(all.flat())], known };
}

/** Notes the tool that a call names, and its parameters. */
export function mentionCall(
  { tool, args }: { readonly tool: Dotted; readonly args: readonly { readonly name: Name }[] },
  typer: Work,
): void {
  const declared = typer.program.symbols.tools.get(tool.text);
  if (declared === undefined) return;
  typer.mention(tool.span, () => [toolDefinition(declared)]);
  for (const { name } of args) {
    if (declared.params.some((param) => param.name === name.text))
      typer.mention(name.span, () => [declared].flatMap((of) => parameterDefinition(of, name.text) ?? []));
  }
}

/** Reports a tool that is not declared, or a pattern that covers none that is. */
export function unknownTool(pattern: string, span: Span, typer: Work): undefined {
  if (typer.lost(pattern.replace(/\.?\*$/, ""))) return undefined;
  const declared = [...typer.program.symbols.tools.keys()];
  const message = pattern.endsWith("*")
    ? `\`${pattern}\` covers no declared tool`
    : `unknown tool \`${pattern}\``;
  return report(typer, "check/unknown-tool", span, message, meantTool(pattern, declared));
}

function meantTool(pattern: string, declared: readonly string[]): { readonly help: string } {
  const meant = didYouMean(pattern, declared);
  if (meant !== undefined) return { help: `did you mean \`${meant}\`?` };
  return { help: declared.length === 0 ? "no tool is declared" : "declare it: `tool NAME(param: type, …)`" };
}
