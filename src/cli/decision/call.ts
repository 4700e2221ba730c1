import { type Json, visible } from "../../index.js";

/** How much of one argument, and of all of them, is shown. */
const longestValue = 60;
const longestCall = 300;

/** A proposal as a call, short: `email.send(to: ["a@acme.example"], subject: "Q3")`. Safe to print, whatever was proposed. */
export function callText(proposal: Json): string {
  if (!isRecord(proposal)) return shortJson(proposal, longestValue);
  const { tool, args } = proposal;
  const name = typeof tool === "string" ? shortened(visible(tool), longestValue) : shortJson(tool ?? null, longestValue);
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
  // INVARIANT: no more is written than is shown, for a value may be large.
  let left = longest + 1;
  const text = (part: string): string => {
    const room = Math.max(left, 0);
    left -= part.length;
    return part.slice(0, room);
  };
  const write = (one: Json): string => {
    if (left <= 0) return "";
    if (Array.isArray(one)) return text("[") + listed(one, write) + text("]");
    if (isRecord(one)) return text("{") + listed(Object.entries(one), ([key, item]) => text(`${JSON.stringify(key)}: `) + write(item)) + text("}");
    return text(JSON.stringify(typeof one === "string" ? one.slice(0, longest + 1) : one));
  };
  const listed = <T>(items: readonly T[], each: (item: T) => string): string => {
    let out = "";
    for (const [i, item] of items.entries()) {
      if (left <= 0) break;
      out += (i === 0 ? "" : text(", ")) + each(item);
    }
    return out;
  };
  return shortened(visible(write(value)), longest);
}

/** Whether it is a JSON object. */
export const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** At most so many characters, the last an ellipsis where some were left out. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
