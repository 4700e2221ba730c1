/** Times and durations, read as language.md, *Types and values*, has them; on the calendar of the platform alone. */

const offsetForm =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ]([01]\d|2[0-3]):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const localForm = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?$/;

const minute = 60_000;
const day = 86_400_000;

/** The fields of a clock as if it stood in UTC; undefined where the calendar has no such day or hour. */
function clock(parts: readonly (string | undefined)[]): number | undefined {
  const [year = 0, month = 1, date = 1, hour = 0, minutes = 0, seconds = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  const milliseconds = Math.trunc(Number(`0.${parts[6] ?? "0"}`) * 1_000);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  at.setUTCHours(hour, minutes, seconds, milliseconds);
  const exact =
    at.getUTCFullYear() === year &&
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === date &&
    at.getUTCHours() === hour &&
    at.getUTCMinutes() === minutes &&
    at.getUTCSeconds() === seconds;
  return exact ? at.getTime() : undefined;
}

/** The instant of a time that is written out, in milliseconds; undefined where it is none. */
export function readTime(text: string, zone: string): number | undefined {
  const withOffset = offsetForm.exec(text);
  if (withOffset !== null) {
    const at = clock(withOffset.slice(1, 8));
    const offset = Number(withOffset[9] ?? 0) * 60 + Number(withOffset[10] ?? 0);
    return at === undefined ? undefined : at - (withOffset[8] === "-" ? -offset : offset) * minute;
  }
  const local = localForm.exec(text);
  const wanted = local === null ? undefined : clock(local.slice(1, 8));
  if (wanted === undefined) return undefined;
  // The offset changes at most once around a day, so that one of its two values is the right one.
  const candidates = [wanted - day, wanted + day].map((near) => wanted - (shownIn(zone, near) - near));
  return candidates.sort((a, b) => a - b).find((at) => shownIn(zone, at) === wanted);
}

/** What the clocks of a zone show at an instant, as if they stood in UTC. */
function shownIn(zone: string, at: number): number {
  const part = partsOf(zone, at);
  const shown = new Date(0);
  // Not `Date.UTC`: it takes the first hundred years for the twentieth century's.
  shown.setUTCFullYear(Number(part.year), Number(part.month) - 1, Number(part.day));
  shown.setUTCHours(
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
    ((at % 1_000) + 1_000) % 1_000,
  );
  return shown.getTime();
}

function partsOf(zone: string, at: number): Readonly<Record<string, string>> {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

const isInstant = (at: number): boolean => Number.isFinite(at) && Math.abs(at) <= 8.64e15;

/** 0 to 23; undefined beyond the years that a calendar can hold. */
export const hourOf = (at: number, zone: string): number | undefined =>
  isInstant(at) ? Number(partsOf(zone, at).hour) : undefined;

/** Monday 1 to Sunday 7. */
export const weekdayOf = (at: number, zone: string): number | undefined =>
  isInstant(at)
    ? ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(partsOf(zone, at).weekday as string) + 1
    : undefined;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: minute, h: 60 * minute, d: day };

/** Milliseconds; undefined where it is no duration. */
export function readDuration(text: string): number | undefined {
  const parts = /^(\d{1,15})(ms|s|m|h|d)$/.exec(text);
  const length = parts === null ? Number.NaN : Number(parts[1]) * (units[parts[2] as string] as number);
  return Number.isSafeInteger(length) ? length : undefined;
}

/** A time as text in UTC. */
export const timeText = (at: number): string => (isInstant(at) ? new Date(at).toISOString() : String(at));
