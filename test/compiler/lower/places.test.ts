import { describe, expect, test } from "vitest";
import { byId, byName } from "../../../src/compiler/lower/order.js";
import { collectPlaces } from "../../../src/compiler/lower/places.js";

const span = (start: number, end: number, file = "a") => ({ file, start, end });
const texts = new Map([
  ["a", 'one two\nthree "x because y" because "z"\n  four'],
  ["b", "b"],
]);

describe("places", () => {
  test("stand in the order of their keys, each by file, line and column", () => {
    const places = collectPlaces(texts);
    places.add("late", span(0, 3));
    places.add("early", span(0, 1, "b"));
    for (const [start, end] of [
      [42, 46],
      [4, 7],
      [8, 13],
      [0, 3],
    ] as const)
      places.add("early", span(start, end));
    expect(Object.keys(places.table())).toEqual(["early", "late"]);
    expect(places.table().early).toEqual([
      { file: "a", line: 1, column: 1, text: "one" },
      { file: "a", line: 1, column: 5, text: "two" },
      { file: "a", line: 2, column: 1, text: "three" },
      { file: "a", line: 3, column: 3, text: "four" },
      { file: "b", line: 1, column: 1, text: "b" },
    ]);
  });

  test("are quoted without their reason, and with nothing else left out", () => {
    const places = collectPlaces(texts);
    places.add("k", span(8, 39), { because: span(36, 39) });
    expect(places.table().k?.[0]?.text).toBe('three "x because y"');
  });

  test("are added to those there are already, which stay", () => {
    const earlier = { k: [{ file: "a", line: 2, column: 1, text: "said" }], other: [] };
    const places = collectPlaces(texts, earlier);
    places.add("k", span(0, 3));
    expect(places.table()).toEqual({
      k: [{ file: "a", line: 1, column: 1, text: "one" }, ...earlier.k],
      other: [],
    });
    expect(earlier.k).toHaveLength(1);
  });

  test("in a file that is not there have no text", () => {
    const places = collectPlaces(new Map());
    places.add("k", span(0, 3));
    expect(places.table().k).toEqual([{ file: "a", line: 1, column: 1, text: "" }]);
  });

  test("are cut where they are longer than 300 characters, and never within one", () => {
    const quoted = (text: string) => {
      const places = collectPlaces(new Map([["a", text]]));
      places.add("k", span(0, text.length));
      return places.table().k?.[0]?.text;
    };
    const full = "x".repeat(300);
    expect(quoted(full)).toBe(full);
    expect(quoted(`${full}y`)).toBe(`${"x".repeat(299)}…`);
    expect(quoted(`😀${full}`)).toBe(`😀${"x".repeat(297)}…`);
    expect(quoted(`${"x".repeat(298)}😀y`)).toBe(`${"x".repeat(298)}…`);
  });
});

test("of things of one name, or of one id, the first counts", () => {
  const things = [
    { name: "b", n: 1 },
    { name: "a", n: 2 },
    { name: "b", n: 3 },
  ];
  expect(byName(things)).toEqual([things[1], things[0]]);
  expect(byId(things.map(({ name, n }) => ({ id: name, n })))).toEqual([
    { id: "a", n: 2 },
    { id: "b", n: 1 },
  ]);
});
