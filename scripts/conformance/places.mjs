// Paths, urls and times of day: `within`, `host`, `scheme`, `extension`, `hour`, `weekday`.
import {
  absent,
  argument,
  arg,
  file,
  given,
  noResult,
  numbered,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
  worldOf,
} from "./terms.mjs";

const within = (value, prefix, kind) => ({ within: [value, prefix, kind] });

/** Value as it is proposed, prefix in normal form, and whether it is strictly below. */
const paths = [
  ["/a/b", "/a", true, "one segment below"],
  ["/a/b/c", "/a", true, "two segments below"],
  ["/a", "/a", false, "not itself: strictly below"],
  ["/a/", "/a", false, "not itself with a slash at its end"],
  ["/ab", "/a", false, "by segments, not by letters"],
  ["/b/a", "/a", false, "elsewhere"],
  ["/a/../b", "/a", false, "up and out again"],
  ["/a/b/../c", "/a", true, "up and not out"],
  ["/a/./b", "/a", true, "a dot is no segment"],
  ["//a//b", "/a", true, "slashes count once"],
  ["a/b", "/a", false, "a relative path is not below the root"],
  ["/a/b", "a", false, "nor an absolute one below a relative one"],
  ["a/b", "a", true, "relative to relative"],
  ["a", ".", true, "any relative path is below the dot"],
  [".", ".", false, "the dot is not below itself"],
  ["/a", ".", false, "an absolute path is not below the dot"],
  ["/a", "/", true, "any absolute path is below the root"],
  ["/", "/", false, "the root is not below itself"],
  ["a", "/", false, "a relative path is not below the root itself"],
  ["/A/b", "/a", false, "case counts"],
  ["/e\u0301/b", "/é", true, "letters are composed on arrival"],
  ["/a b/c", "/a b", true, "spaces are letters"],
  ["/a%2f..%2fb", "/a%2f..%2fb", false, "percent signs are letters"],
  ["/a%2fb", "/a", false, "an escaped slash is no slash"],
  ["/a\\b", "/a", false, "a backslash is no slash"],
  ["/a/...", "/a", true, "three dots are a name"],
  ["/reports/audit/x.csv", "/reports/audit", true, "the path of the example"],
];
const urls = [
  ["https://acme.example/a/b", "https://acme.example/a", true, "one segment below"],
  ["https://acme.example/a", "https://acme.example/a", false, "not itself: strictly below"],
  ["https://acme.example/a/", "https://acme.example/a", false, "a slash alone is nothing below"],
  ["https://acme.example/ab", "https://acme.example/a", false, "by segments, not by letters"],
  ["https://acme.example/a", "https://acme.example/", true, "below the root"],
  ["https://acme.example/", "https://acme.example/", false, "the root is not below itself"],
  ["http://acme.example/a", "https://acme.example/", false, "another scheme"],
  ["https://acme.example:8443/a", "https://acme.example/", false, "another port"],
  ["https://acme.example:443/a", "https://acme.example/", true, "the port that is meant anyway"],
  ["https://evil.example/a", "https://acme.example/", false, "another host"],
  ["https://acme.example.evil.example/a", "https://acme.example/", false, "a host that only starts so"],
  ["https://acme.example@evil.example/a", "https://acme.example/", false, "a host in the place of a name"],
  ["https://x@acme.example/a", "https://acme.example/", false, "with a name: no credentials"],
  ["https://x:y@acme.example/a", "https://acme.example/", false, "with a password: no credentials"],
  ["https://ACME.example/A", "https://acme.example/A", false, "itself, the host in lower case"],
  ["https://acme.example/A/b", "https://acme.example/a", false, "case of a path counts"],
  ["https://acme.example/a/../b", "https://acme.example/a", false, "up and out again"],
  ["https://acme.example/a/%2e%2e/b", "https://acme.example/a", false, "up and out again, escaped"],
  ["https://acme.example/a/./b", "https://acme.example/a", true, "a dot is no segment"],
  ["https://acme.example/a//", "https://acme.example/a", false, "slashes alone are nothing below"],
  ["https://acme.example/a//b", "https://acme.example/a", true, "an empty segment, and one below"],
  ["https://acme.example/a/b?c#d", "https://acme.example/a", true, "query and fragment do not matter"],
  ["https://acme.example/?a/b", "https://acme.example/a", false, "a query is no path"],
  ["https://acme.example\\a", "https://acme.example/", true, "a backslash is a slash, as WHATWG reads it"],
  ["https://acme.example/a/b", "https://acme.example/a/", true, "a prefix with a slash at its end"],
];

const withinCases = (rows, kind) => [
  ...rows.map(([value, prefix, expected, why]) =>
    predicateCase(
      `${kind}: ${why}: ${value} within ${prefix}`,
      within(arg("p"), prefix, kind),
      expected,
      argument("p", kind, value).world,
    ),
  ),
  predicateCase(
    `${kind}: an unknown is not known to be within`,
    within(given("u"), rows[0][1], kind),
    UNKNOWN,
    unknown(kind).world,
  ),
  predicateCase(
    `${kind}: within an unknown prefix`,
    within(arg("p"), given("u"), kind),
    UNKNOWN,
    worldOf(argument("p", kind, rows[0][0]), unknown(kind)),
  ),
  predicateCase(
    `${kind}: an absent argument`,
    within(arg("x"), rows[0][1], kind),
    UNKNOWN,
    absent(kind).world,
  ),
  predicateCase(`${kind}: a number has no place`, within(5, rows[0][1], kind), UNKNOWN),
];

const hosts = [
  ["https://acme.example/x", "acme.example"],
  ["https://ACME.example", "acme.example", "in lower case"],
  ["https://acme.example:8443", "acme.example", "without the port"],
  ["https://u:p@acme.example/", "acme.example", "without credentials"],
  ["https://acme.example./", "acme.example.", "a dot at its end stays"],
  ["https://müller.example/", "xn--mller-kva.example", "as ASCII"],
  ["http://127.1/", "127.0.0.1", "an address in full"],
  ["http://[::1]/", "[::1]", "in brackets"],
  ["http://0x7f.1/", "127.0.0.1", "numbers in any base"],
  ["https://acme.example@evil.example", "evil.example", "what stands before the sign is a name"],
  ["mailto:a@b.example", "", "of a scheme without hosts it is empty"],
  ["file:///etc/passwd", "", "of a file it is empty"],
];
const schemes = [
  ["https://acme.example", "https"],
  ["HTTP://acme.example", "http", "in lower case"],
  ["mailto:a@b.example", "mailto"],
  ["file:///etc/passwd", "file"],
  ["data:text/plain,x", "data"],
  ["javascript:alert(1)", "javascript"],
  ["a+b.c-1:x", "a+b.c-1", "any letters that a scheme may have"],
];
const extensions = [
  ["/a/b.csv", "csv"],
  ["/a/b.tar.gz", "gz", "the last"],
  ["/a/b", "", "none"],
  ["/a/.profile", "", "a dot at the start begins no extension"],
  ["/a/.profile.bak", "bak", "after a dot at the start"],
  ["/a/b.", "", "nothing after the dot"],
  ["/a.d/b", "", "of the last segment alone"],
  ["/a/B.CSV", "CSV", "case stays"],
  ["b.csv", "csv", "of a relative path"],
  ["/a/..b", "b", "two dots at the start of a name"],
  ["/", "", "of the root"],
  [".", "", "of the dot"],
  ["/a/b.csv/", "csv", "a slash at its end is gone on arrival"],
];

const ofArgument = (operator, type, rows) => {
  const u = unknown(type);
  const x = absent(type);
  return [
    ...rows.map(([input, value, why]) =>
      predicateCase(
        `${operator} of ${input}${why === undefined ? "" : `: ${why}`}`,
        op(operator, arg("p")),
        { value },
        argument("p", type, input).world,
      ),
    ),
    predicateCase(`${operator} of an unknown`, op(operator, u.rule), UNKNOWN, u.world),
    predicateCase(`${operator} of an absent argument`, op(operator, x.rule), UNKNOWN, x.world),
    predicateCase(`${operator} of a number has no result`, op(operator, 5), UNKNOWN),
    predicateCase(`${operator} of an operation without a result`, op(operator, noResult.rule), UNKNOWN),
  ];
};

/** Time, zone, hour and day of the week (Monday 1 … Sunday 7) there. */
const clocks = [
  ["2026-01-31T00:00:00Z", "UTC", 0, 6, "midnight"],
  ["2026-01-31T23:59:59.999Z", "UTC", 23, 6, "the last moment of a day"],
  ["2026-01-31T23:30:00Z", "Europe/Berlin", 0, 7, "the next day further east"],
  ["2026-02-01T00:30:00Z", "America/New_York", 19, 6, "the day before further west"],
  ["2026-07-01T12:00:00Z", "Europe/Berlin", 14, 3, "summer time"],
  ["2026-01-01T12:00:00Z", "Europe/Berlin", 13, 4, "winter time"],
  ["2026-03-29T00:59:59Z", "Europe/Berlin", 1, 7, "the second before clocks go on"],
  ["2026-03-29T01:00:00Z", "Europe/Berlin", 3, 7, "an hour is left out"],
  ["2026-10-25T00:30:00Z", "Europe/Berlin", 2, 7, "the first of two equal hours"],
  ["2026-10-25T01:30:00Z", "Europe/Berlin", 2, 7, "the second of two equal hours"],
  ["2026-01-05T12:00:00Z", "UTC", 12, 1, "a Monday"],
  ["2026-01-31T12:00:00Z", "Asia/Kolkata", 17, 6, "half an hour off"],
  ["2026-01-31T12:00:00Z", "Pacific/Kiritimati", 2, 7, "fourteen hours ahead"],
  ["1969-12-31T23:00:00Z", "UTC", 23, 3, "before the epoch"],
  ["2024-02-29T08:00:00Z", "UTC", 8, 4, "a leap day"],
  ["2026-01-31T09:00:00+05:00", "UTC", 4, 6, "a time with an offset, elsewhere"],
];
function clockCases(operator, place) {
  const u = unknown("time");
  const x = absent("time");
  return [
    ...clocks.map((row) =>
      predicateCase(
        `${operator} of ${row[0]} in ${row[1]}: ${row[4]}`,
        op(operator, arg("t"), row[1]),
        { value: row[place] },
        argument("t", "time", row[0]).world,
      ),
    ),
    predicateCase(`${operator} of an unknown`, op(operator, u.rule, "UTC"), UNKNOWN, u.world),
    predicateCase(`${operator} of an absent argument`, op(operator, x.rule, "UTC"), UNKNOWN, x.world),
    predicateCase(
      `${operator} of a text has no result`,
      op(operator, "2026-01-31T00:00:00Z", "UTC"),
      UNKNOWN,
    ),
    predicateCase(
      `${operator} of now`,
      op(operator, { val: ["now"] }, "UTC"),
      { value: operator === "hour" ? 12 : 6 },
      { now: "2026-01-31T12:00:00Z" },
    ),
  ];
}

export const places = () => [
  file(
    "predicates/within-path.json",
    "predicate",
    "`within` for paths: by segments, strictly below",
    numbered(withinCases(paths, "path")),
  ),
  file(
    "predicates/within-url.json",
    "predicate",
    "`within` for urls: also the same origin and no credentials",
    numbered(withinCases(urls, "url")),
  ),
  file(
    "predicates/url-parts.json",
    "predicate",
    "`host` and `scheme` of a url",
    numbered([...ofArgument("host", "url", hosts), ...ofArgument("scheme", "url", schemes)]),
  ),
  file(
    "predicates/extension.json",
    "predicate",
    "`extension` of a path",
    numbered(ofArgument("extension", "path", extensions)),
  ),
  file(
    "predicates/clock.json",
    "predicate",
    "`hour` and `weekday` of a time in a zone",
    numbered([...clockCases("hour", 2), ...clockCases("weekday", 3)]),
  ),
];
