import { type CompileResult, compilePolicy } from "../../../src/compiler/compile.js";
import type { Files } from "../../../src/compiler/program.js";
import { indexLines } from "../../../src/diagnostics/lines.js";

/** Files kept in memory, by path. */
export function filesOf(texts: { readonly [path: string]: string }): Files {
  return {
    read(path) {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      return text === undefined ? { error: "there is no such file" } : { text };
    },
  };
}

export const entry = "policy.reshimu";

/** Compiles a policy of one file, and of what it reads besides. */
export function compile(text: string, files: { readonly [path: string]: string } = {}): CompileResult {
  return compilePolicy(entry, filesOf({ ...files, [entry]: text }));
}

/** What a policy gives, one line each: `check/duplicate 4:11 principal …`. */
export function found(text: string, files: { readonly [path: string]: string } = {}): string[] {
  const { diagnostics, sources } = compile(text, files);
  return diagnostics.map(({ code, span, message }) => {
    const source = sources.get(span.file);
    const at = source === undefined ? undefined : indexLines(source).positionAt(span.start);
    const file = span.file === entry ? "" : `${span.file}:`;
    return `${code} ${file}${at?.line ?? "?"}:${at?.column ?? "?"} ${message}`;
  });
}

/** The codes a policy gives, each as often as it is given. */
export function codes(text: string, files: { readonly [path: string]: string } = {}): string[] {
  return compile(text, files).diagnostics.map(({ code }) => code);
}
