import type { TypeIr } from "../../../src/ir/type.js";
import type { Draw } from "./choices.js";
import { levels as levelEnum, scalarTypes } from "./names.js";
import { binding, isRead, knowing, type Place, type Readable, withoutSecrets } from "./place.js";
import { anyTerm, factCall, listLiteral, lists, term } from "./terms.js";
import { at, chain, type Written, written } from "./text.js";

type Option = readonly [weight: number, make: () => Written | undefined];

/** A condition that checks in its place. */
export function condition(draw: Draw, place: Place, depth: number): Written {
  return draw.span(() => {
    const simple: Option[] = [
      [1, () => written("primary", draw.pick(["true", "false"]))],
      [6, () => equality(draw, place, depth)],
      [4, () => ordering(draw, place, depth)],
      [3, () => membership(draw, place, depth)],
      [2, () => below(draw, place, depth)],
      [3, () => matching(draw, place, depth)],
      [4, () => traced(draw, place)],
      [3, () => readBool(draw, place)],
    ];
    const deeper: Option[] =
      depth <= 0
        ? []
        : [
            [3, () => chained(draw, place, depth - 1, "and")],
            [3, () => chained(draw, place, depth - 1, "or")],
            [2, () => written("not", `not ${at("not", condition(draw, place, depth - 1))}`)],
            [1, () => choice(draw, place, depth - 1)],
            [3, () => quantified(draw, place, depth - 1)],
            [4, () => guarded(draw, place, depth - 1)],
            [2, () => guardedFact(draw, place, depth - 1)],
          ];
    return draw.weighted([...simple, ...deeper])() ?? written("primary", "true");
  });
}

/** An anchored side and any other, in either order. */
function sides(
  draw: Draw,
  place: Place,
  depth: number,
  type: TypeIr,
): readonly [Written, Written] | undefined {
  const anchored = term(draw, place, depth - 1, { type, anchored: true });
  if (anchored === undefined) return undefined;
  const other = anyTerm(draw, place, depth - 1, type);
  return draw.chance(20) ? [other, anchored] : [anchored, other];
}

function infix(operator: string, both: readonly [Written, Written] | undefined): Written | undefined {
  return both && written("compare", `${at("add", both[0])} ${operator} ${at("add", both[1])}`);
}

function equality(draw: Draw, place: Place, depth: number): Written | undefined {
  const type = draw.pick(scalarTypes);
  return infix(draw.pick(["==", "!="]), sides(draw, place, depth, type));
}

function ordering(draw: Draw, place: Place, depth: number): Written | undefined {
  const type = draw.pick<TypeIr>(["int", "decimal", "time", "duration"]);
  return infix(draw.pick([">=", "<=", ">", "<"]), sides(draw, place, depth, type));
}

function membership(draw: Draw, place: Place, depth: number): Written | undefined {
  const element = draw.pick<TypeIr>(["string", "int", "email", "path", levelEnum]);
  const operator = draw.pick(["in", "not in"]);
  if (draw.chance(40)) {
    const list = term(draw, place, depth - 1, { type: { list: element }, anchored: true });
    return list && infix(operator, [anyTerm(draw, place, depth - 1, element), list]);
  }
  const one = term(draw, place, depth - 1, { type: element, anchored: true });
  const list = listLiteral(draw, place, depth - 1, element, false);
  return one && list && infix(operator, [one, list]);
}

function below(draw: Draw, place: Place, depth: number): Written | undefined {
  return infix("within", sides(draw, place, depth, draw.pick<TypeIr>(["path", "url"])));
}

function matching(draw: Draw, place: Place, depth: number): Written | undefined {
  const type = draw.pick<TypeIr>(["string", "path", "url", "email", levelEnum]);
  const text = term(draw, place, depth - 1, { type, anchored: true });
  const pattern = draw.chance(50)
    ? `like "${draw.pick(["*", "a*", "*@a.example", "/r/*", "high", "*\\\\*", "https://*/x"])}"`
    : `matches "${draw.pick(["(?is).*", "[a-z]+", "(?i)alpha.*", "/r/.*\\\\.md", ".*@a\\\\.example"])}"`;
  return text && written("compare", `${at("add", text)} ${pattern}`);
}

const traceable = (type: TypeIr): boolean => {
  if (typeof type === "string" || "enum" in type) return isTold(type);
  return "list" in type ? isTold(type.list) : true;
};

/** What is said so that it can be found again. */
const isTold = (type: TypeIr): boolean =>
  typeof type === "string" ? !["bool", "duration", "json"].includes(type) : "enum" in type;

function traced(draw: Draw, around: Place): Written | undefined {
  const place = withoutSecrets(around);
  const all = place.readables.filter(
    (one) => (one.type === "json" || traceable(one.type)) && isRead(place, one),
  );
  const facts = place.facts.filter((fact) => !fact.optional && traceable(fact.type));
  const asked = facts.length > 0 && draw.chance(15) ? factCall(draw, place, 0, draw.pick(facts)) : undefined;
  if (asked === undefined && all.length === 0) return undefined;
  const operand = asked?.text ?? draw.pick(all).text;
  const origins = draw.list(1, 3, () => draw.pick(place.origins));
  const to = origins.length === 1 && draw.chance(50) ? origins[0] : `[${[...new Set(origins)].join(", ")}]`;
  return written("compare", `${operand} traced to ${to}`);
}

function readBool(draw: Draw, place: Place): Written | undefined {
  const all = place.readables.filter((one) => one.type === "bool" && isRead(place, one));
  return all.length === 0 ? undefined : written("primary", draw.pick(all).text);
}

function chained(draw: Draw, place: Place, depth: number, word: "and" | "or"): Written {
  return chain(
    word,
    draw.list(2, 3, () => condition(draw, place, depth)),
  );
}

function choice(draw: Draw, place: Place, depth: number): Written {
  const [test, then, otherwise] = [0, 1, 2].map(() => condition(draw, place, depth).text);
  return written("open", `if ${test} then ${then} else ${otherwise}`);
}

function quantified(draw: Draw, place: Place, depth: number): Written | undefined {
  const over = lists(draw, place, depth);
  if (over === undefined) return undefined;
  const { name, inside } = binding(place, over.element);
  const body = condition(draw, inside, depth);
  return written("open", `${draw.pick(["every", "some", "no"])} ${name} in ${over.text}: ${body.text}`);
}

/** What may be absent is read behind `has`, in each of the ways that show it to be there. */
function guarded(draw: Draw, place: Place, depth: number): Written | undefined {
  const absent = place.readables.filter((one) => !isRead(place, one));
  return absent.length === 0 ? undefined : behind(draw, place, depth, draw.pick(absent));
}

function guardedFact(draw: Draw, place: Place, depth: number): Written | undefined {
  const facts = place.facts.filter((fact) => fact.optional);
  const call = facts.length === 0 ? undefined : draw.pick(facts);
  const asked = call && factCall(draw, place, depth, call);
  if (call === undefined || asked === undefined) return undefined;
  // What it is asked with may be sensitive.
  const secret = place.readables.some((one) => one.secret);
  return behind(draw, place, depth, { text: asked.text, type: call.type, needs: [asked.text], secret });
}

function behind(draw: Draw, place: Place, depth: number, absent: Readable): Written {
  const guard = written("unary", `has ${absent.text}`);
  const known: Place = { ...knowing(place, absent.needs), readables: [absent, absent, ...place.readables] };
  const inside = (): Written => condition(draw, known, depth);
  switch (draw.below(6)) {
    case 0:
      return guard;
    case 1:
      return written("not", `not ${guard.text}`);
    case 2:
      return chain("or", [written("not", `not ${guard.text}`), inside()]);
    case 3:
      return written(
        "open",
        `if ${guard.text} then ${inside().text} else ${condition(draw, place, depth).text}`,
      );
    default:
      return chain("and", [guard, inside()]);
  }
}
