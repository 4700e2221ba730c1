/** What is in the middle, and what is at the end, of figures. */

const sorted = (values) => Float64Array.from(values).sort();

/** The value below which a share of them lies, between neighbours by how near it is (as spreadsheets' PERCENTILE); NaN of none. */
export function percentile(values, share) {
  const inOrder = sorted(values);
  if (inOrder.length === 0) return Number.NaN;
  const place = (inOrder.length - 1) * share;
  const [below, above] = [inOrder[Math.floor(place)], inOrder[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values) => percentile(values, 0.5);

/** To so many digits that count. */
export const rounded = (value, digits = 3) =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
