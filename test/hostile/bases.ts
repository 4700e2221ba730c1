import { readFileSync } from "node:fs";
import {
  compilePolicy,
  createEngine,
  type Engine,
  type PolicyIr,
  renderDiagnostics,
} from "../../src/index.js";

/** The sound policies that hostile inputs meet, and of which mutants are made. */

const names = ["values.reshimu", "layered.reshimu", "beneath.reshimu"] as const;
const texts: Readonly<Record<string, string>> = Object.fromEntries(
  names.map((name) => [name, readFileSync(`test/hostile/bases/${name}`, "utf8")]),
);

function compiled(name: string): PolicyIr {
  const { policy, diagnostics, sources } = compilePolicy(name, {
    read: (path) => {
      const text = texts[path];
      return text === undefined ? { error: "there is no such file" } : { text };
    },
  });
  if (policy === null)
    throw new Error(renderDiagnostics(diagnostics, (file) => sources.get(file), { color: false }));
  return policy;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Every operator, type and kind of statement in one file. */
export const valuesText = texts[names[0]] as string;
export const layeredText = texts[names[1]] as string;
export const valuesBase: () => Engine = once(() => createEngine(compiled("values.reshimu")));
/** Two layers and three tiers. */
const layeredBase = once(() => createEngine(compiled("layered.reshimu")));
export const bases = (): readonly Engine[] => [valuesBase(), layeredBase()];
export const compiledBase = (): PolicyIr => layeredBase().policy;
