import { isHidden, type Json, visible } from "../../index.js";

/** How much of one argument, and of all of them, is shown. */
const longestValue = 60;
const longestCall = 300;

/** A proposal as a call, short: `email.send(to: ["a@acme.example"], subject: "Q3")`. Safe to print, whatever was proposed. */
export function callText(proposal: Json): string {
  if (!isRecord(proposal)) return shortJson(proposal, longestValue);
  const { tool, args } = proposal;
  const name =
    typeof tool === "string" ? shortened(visible(tool), longestValue) : shortJson(tool ?? null, longestValue);
  return `${name}(${isRecord(args) ? argumentsText(args) : ""})`;
}

function argumentsText(args: { readonly [name: string]: Json }): string {
  const shown: string[] = [];
  let length = 0;
  for (const [name, value] of Object.entries(args)) {
    const text = `${shortened(visible(name), longestValue)}: ${shortJson(value, longestValue)}`;
    if (shown.length > 0 && length + text.length > longestCall) return [...shown, "…"].join(", ");
    shown.push(text);
    length += text.length;
  }
  return shown.join(", ");
}

/** JSON on one line, with a space where people put one, cut where it gets long. Safe to print. */
export function shortJson(value: Json, longest: number): string {
  // A string keeps its end quote, so that it can be seen where it ends.
  if (typeof value === "string") return visible(JSON.stringify(shortened(value, longest)));
  const writer = new ShortWriter(longest);
  writer.write(value);
  return shortened(visible(writer.text), longest);
}

/** Writes JSON until it is longer than is shown: a value may be large. */
class ShortWriter {
  text = "";
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get #full(): boolean {
    return this.text.length > this.#longest;
  }

  write(value: Json): void {
    if (this.#full) return;
    // What the digest is, nobody wants to read.
    if (isHidden(value)) this.text += "[sensitive]";
    else if (Array.isArray(value)) this.#list("[", value, (item) => this.write(item), "]");
    else if (isRecord(value)) this.#list("{", Object.entries(value), (field) => this.#field(field), "}");
    else this.text += JSON.stringify(typeof value === "string" ? value.slice(0, this.#longest) : value);
  }

  #field([key, value]: [string, Json]): void {
    this.text += `${JSON.stringify(key.slice(0, this.#longest))}: `;
    this.write(value);
  }

  #list<T>(open: string, items: readonly T[], write: (item: T) => void, close: string): void {
    this.text += open;
    for (const [i, item] of items.entries()) {
      if (this.#full) return;
      if (i > 0) this.text += ", ";
      write(item);
    }
    this.text += close;
  }
}

/** Whether it is a JSON object. */
export const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** At most so many characters, the last an ellipsis where some were left out. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
