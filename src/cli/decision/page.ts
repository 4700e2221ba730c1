import { type Decision, type PolicyIr, visible } from "../../index.js";
import { hang } from "../layout.js";
import type { Paint } from "../terminal.js";
import type { Words } from "../words.js";

/** What is told of a policy beside a decision. */
export type PagePolicy = Pick<PolicyIr, "principals" | "tools" | "spans" | "intent" | "escalate" | "classes">;

/** Where the policy of a decision is not at hand, the decision is told by itself. */
export const noPolicy: PagePolicy = {
  principals: [],
  tools: [],
  spans: {},
  intent: null,
  escalate: [],
  classes: [],
};

/** What a decision is written with. */
export interface Page {
  readonly policy: PagePolicy;
  readonly paint: Paint;
  readonly width: number;
  /** The session a line has to name; undefined for the default one. */
  readonly session: string | undefined;
  /** What principals with a key sign, by the line that it goes into. */
  readonly words?: Words;
}

export type Assessments = Decision["assessments"];
export type Validator = keyof Assessments;

/** What each validator is called. */
export const headings: { readonly [V in Validator]: string } = {
  scope: "ARYEH scope",
  grounding: "SHOR grounding",
  reversibility: "NESHER reversibility",
  discernment: "PANIM ADAM discernment",
};

/** A statement of the policy: where it stands and how it reads. */
export interface Cited {
  readonly at?: string | undefined;
  readonly text?: string | undefined;
  readonly because?: string | undefined;
}

/** A paragraph at a depth of two columns each. */
export function paragraph(page: Page, depth: number, text: string, first = ""): string {
  const indent = "  ".repeat(depth);
  return hang(text, page.width, indent + " ".repeat(first.length), indent + first);
}

/** A line of the policy, with its place before it, and its reason after it where the line as quoted does not hold it. */
export function citation(page: Page, depth: number, { at, text, because }: Cited): string[] {
  const { paint, width } = page;
  if (at === undefined && text === undefined) return [];
  const place = at === undefined ? "" : `${paint.cyan(visible(at))} `;
  const indent = "  ".repeat(depth);
  return [
    hang(`${place}${paint.bold(visible(text ?? ""))}`, width, `${indent}  `, indent),
    ...(because === undefined || text?.includes(" because ")
      ? []
      : [paragraph(page, depth + 1, `because ${visible(because)}`)]),
  ];
}

/** The first place of a statement that has one, as a decision would cite it. */
export function citedFrom(page: Page, key: string): Cited {
  const place = Object.hasOwn(page.policy.spans, key) ? page.policy.spans[key]?.[0] : undefined;
  return place === undefined ? {} : { at: `${place.file}:${place.line}:${place.column}`, text: place.text };
}

/** A principal as people know them: `owner (Head of Accounts)`. */
export function principalText(page: Page, name: string): string {
  const principal = page.policy.principals.find((one) => one.name === name);
  return principal === undefined ? visible(name) : `${visible(name)} (${visible(principal.display)})`;
}

/** A line to be sent to `eval`, which names the session where it has to. */
export function recordText(page: Page, record: object): string {
  return visible(JSON.stringify(page.session === undefined ? record : { ...record, session: page.session }));
}
