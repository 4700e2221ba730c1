import { type ValidatorName, validatorNames } from "../ir/decision.js";
import type { ClassIr, PermitIr, PolicyIr } from "../ir/policy.js";
import { covers } from "../logic/tools.js";

/** A rule that touches a tool or serves a bullet. */
export interface MatrixRule {
  readonly id: string;
  /** `permit`, `forbid`, `limit`, `ground on fact`, `treat as CLASS`, `gray`. */
  readonly effect: string;
  readonly layer: string;
  readonly tools: readonly string[];
  readonly serving: readonly string[];
  /** Whether it applies only under a condition. */
  readonly conditional: boolean;
  readonly at?: string;
  readonly text?: string;
}

/** How a validator speaks of a tool: by rules, by what holds for all tools alike, or not at all. */
export interface MatrixCell {
  readonly state: "rules" | "default" | "hole";
  readonly rules: readonly MatrixRule[];
  /** Patterns, as `report.*`, by which rules reach the tool that do not name it. */
  readonly patterns: readonly string[];
  /** What a default or a hole comes to; for rules what they leave open. */
  readonly note?: string;
}

export interface ToolRow {
  readonly tool: string;
  readonly at?: string;
  readonly cells: { readonly [V in ValidatorName]: MatrixCell };
}

export interface BulletRow {
  readonly name: string;
  readonly text: string;
  /** Permits and forbids that serve it. */
  readonly rules: readonly MatrixRule[];
}

/** Which rules speak of which tool, and which serve which bullet: where a commission has holes. */
export interface Matrix {
  readonly policy: string;
  readonly tools: readonly ToolRow[];
  readonly bullets: readonly BulletRow[];
  /** Permits and forbids that serve no bullet. */
  readonly unserving: readonly MatrixRule[];
  /** Each hole in words. */
  readonly holes: readonly string[];
}

/** Reads the matrix from a policy; nothing is evaluated. */
export function matrixOf(policy: PolicyIr): Matrix {
  const rules = rulesOf(policy);
  const tools = policy.tools.map(({ name }): ToolRow => {
    const touching = (validator: ValidatorName): MatrixRule[] =>
      rules[validator].filter((rule) => covers(rule.tools, name));
    const cell = (validator: ValidatorName, judged: Judged): MatrixCell => {
      const own = touching(validator);
      const byPattern = own.filter((rule) => !rule.tools.includes(name));
      const patterns = byPattern.flatMap((rule) => rule.tools.filter((pattern) => covers([pattern], name)));
      return { ...judged, rules: own, patterns: [...new Set(patterns)].sort() };
    };
    return {
      tool: name,
      ...placeAt(policy, `tool:${name}`),
      cells: {
        scope: cell("scope", scopeCell(policy, touching("scope"))),
        grounding: cell(
          "grounding",
          groundingCell(policy, touching("grounding"), classesFor(policy, touching("reversibility"))),
        ),
        reversibility: cell("reversibility", reversibilityCell(policy, touching("reversibility"))),
        discernment: cell("discernment", discernmentCell(policy, touching("discernment"))),
      },
    };
  });
  const serving = rules.scope.filter(({ effect }) => effect !== "limit");
  const bullets = (policy.intent?.bullets ?? []).map(
    ({ name, text }): BulletRow => ({
      name,
      text,
      rules: serving.filter((rule) => rule.serving.includes(name)),
    }),
  );
  const unserving = policy.intent === null ? [] : serving.filter((rule) => rule.serving.length === 0);
  return { policy: policy.name, tools, bullets, unserving, holes: holesOf(tools, bullets) };
}

function rulesOf(policy: PolicyIr): { readonly [V in ValidatorName]: MatrixRule[] } {
  const all = { scope: [], grounding: [], reversibility: [], discernment: [] } as {
    [V in ValidatorName]: MatrixRule[];
  };
  for (const { name, scope, grounding, reversibility, discernment } of policy.layers) {
    const add = (
      validator: ValidatorName,
      effect: string,
      { id, tools, serving = [] }: Pick<PermitIr, "id" | "tools"> & Partial<PermitIr>,
      condition: unknown,
    ): void => {
      const conditional = condition !== true;
      const told = { id, effect, layer: name, tools, serving, conditional };
      all[validator].push({ ...told, ...placeOf(policy, id) });
    };
    for (const one of scope?.permits ?? []) add("scope", "permit", one, one.when);
    for (const one of scope?.forbids ?? []) add("scope", "forbid", one, one.when);
    for (const one of scope?.limits ?? []) add("scope", "limit", one, true);
    for (const one of grounding?.grounds ?? []) add("grounding", `ground on ${one.on}`, one, one.condition);
    for (const one of reversibility?.treats ?? [])
      add("reversibility", `${treatAs}${one.class}`, one, one.when);
    for (const one of discernment?.grays ?? []) add("discernment", "gray", one, one.when);
  }
  for (const validator of validatorNames) all[validator].sort(asWritten(policy));
  return all;
}

/** In the order of their lines; those that have none by their ids. */
const asWritten =
  ({ spans }: PolicyIr) =>
  (a: MatrixRule, b: MatrixRule): number => {
    const [one, other] = [spans[a.id]?.[0], spans[b.id]?.[0]];
    if (one === undefined || other === undefined || one.file !== other.file)
      return compareText(one?.file ?? a.id, other?.file ?? b.id);
    return one.line - other.line || one.column - other.column;
  };

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function placeAt(policy: PolicyIr, key: string): { at?: string } {
  const place = Object.hasOwn(policy.spans, key) ? policy.spans[key]?.[0] : undefined;
  return place === undefined ? {} : { at: `${place.file}:${place.line}:${place.column}` };
}

function placeOf(policy: PolicyIr, key: string): { at?: string; text?: string } {
  const text = Object.hasOwn(policy.spans, key) ? policy.spans[key]?.[0]?.text : undefined;
  return { ...placeAt(policy, key), ...(text === undefined ? {} : { text }) };
}

const treatAs = "treat as ";

type Judged = Pick<MatrixCell, "state" | "note">;

/** Every layer that writes scope must permit: what one of them leaves out is left out. */
function scopeCell({ layers }: PolicyIr, rules: readonly MatrixRule[]): Judged {
  const writing = layers.filter((layer) => layer.scope !== null);
  const silent = writing.filter(
    ({ name }) => !rules.some((rule) => rule.layer === name && rule.effect === "permit"),
  );
  if (writing.length > 0 && silent.length === 0) return { state: "rules" };
  const whose =
    writing.length < 2 ? "no `permit`" : `no \`permit\` in ${quoted(silent.map(({ name }) => name))}`;
  return { state: "hole", note: `${whose}: every call is returned` };
}

/** Without a check no confidence counts beyond `unsupported at most`: a hole where a class asks for more. */
function groundingCell(
  { layers }: PolicyIr,
  rules: readonly MatrixRule[],
  classes: readonly ClassIr[],
): Judged {
  if (rules.length > 0) return { state: "rules" };
  const most = layers.flatMap((layer) => (layer.commission ? (layer.grounding?.unsupported ?? []) : []));
  const counts = most.length === 0 ? 0 : Math.min(...most);
  const asking = classes.filter((one) => (one.confidence ?? 0) > counts).at(-1);
  if (asking === undefined) return { state: "default", note: "no check; none of its classes asks for more" };
  const has = counts === 0 ? "no confidence counts" : `a confidence of at most ${counts} counts`;
  return {
    state: "hole",
    note: `no \`ground\` line: ${has}, and \`${asking.name}\` asks for ${asking.confidence}`,
  };
}

/** The classes whose demands a tool may have to meet: those it is treated as or falls back on, and all that are milder. */
function classesFor({ classes, layers }: PolicyIr, treats: readonly MatrixRule[]): ClassIr[] {
  const names = new Set([
    ...treats.map(({ effect }) => effect.slice(treatAs.length)),
    ...layers.flatMap((layer) =>
      treats.some((rule) => rule.layer === layer.name && !rule.conditional)
        ? []
        : (layer.reversibility?.otherwise ?? []),
    ),
  ]);
  return classes.slice(0, classes.findLastIndex(({ name }) => names.has(name)) + 1);
}

function reversibilityCell({ layers }: PolicyIr, rules: readonly MatrixRule[]): Judged {
  const fallbacks = [...new Set(layers.flatMap((layer) => layer.reversibility?.otherwise ?? []))];
  const otherwise = fallbacks.map((name) => `otherwise \`${name}\``).join(", ");
  if (rules.length === 0)
    return fallbacks.length > 0
      ? { state: "default", note: otherwise }
      : { state: "hole", note: "no class: nothing is asked of it" };
  if (rules.some((rule) => !rule.conditional)) return { state: "rules" };
  return {
    state: "rules",
    note: otherwise === "" ? "no class where none of these lines applies" : otherwise,
  };
}

function discernmentCell({ layers }: PolicyIr, rules: readonly MatrixRule[]): Judged {
  if (rules.length > 0) return { state: "rules" };
  const thresholds = layers.flatMap((layer) => layer.discernment?.thresholds ?? []);
  const told = thresholds.map((one) =>
    one.for === undefined ? `${one.value}` : `${one.value} for \`${one.for}\``,
  );
  return thresholds.length > 0
    ? { state: "default", note: `threshold ${told.sort().reverse().join(", ")}` }
    : { state: "hole", note: "no `gray` line and no `threshold`" };
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function holesOf(tools: readonly ToolRow[], bullets: readonly BulletRow[]): string[] {
  return [
    ...tools.flatMap(({ tool, cells }) =>
      validatorNames.flatMap((name) =>
        cells[name].state === "hole" ? [`\`${tool}\`, ${name}: ${cells[name].note ?? ""}`] : [],
      ),
    ),
    ...bullets.flatMap(({ name, rules }) =>
      rules.length === 0 ? [`\`${name}\`: no \`permit\` and no \`forbid\` serves this bullet`] : [],
    ),
  ];
}
