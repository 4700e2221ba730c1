import type { CheckContext, Rule, TierHolding } from "../../program.js";
import {
  fitsVerb,
  type Loss,
  lossOf,
  type Mention,
  showHeld,
  stepsOf,
  thingsHeld,
} from "./support/descent.js";
import { type Found, quote } from "./support/found.js";

export const boundaryExcess: Rule = {
  code: "check/boundary-excess",
  severity: "error",
  summary: "a boundary passes on only what its upper tier holds",
  why:
    "A tier cannot hand down what it was not given. Where a boundary further up withholds a tool, a boundary below that grants it " +
    "would either do nothing or undo the choice made above; either way one of the two is mistaken.",
  avoid: `policy notes.tiers

tool notes.read(path: path)
tool notes.write(path: path, body: string)

tiers root > editor > writer

boundary root -> editor {
  carries   intent.*, given.*
  passes    notes.read
  withholds notes.write
}
boundary editor -> writer {
  carries intent.*, given.*
  grants  notes.read, notes.write
}
`,
  prefer: `policy notes.tiers

tool notes.read(path: path)
tool notes.write(path: path, body: string)

tiers root > editor > writer

boundary root -> editor {
  carries intent.*, given.*
  passes  notes.read, notes.write
}
boundary editor -> writer {
  carries intent.*, given.*
  grants  notes.read, notes.write
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const { upper, mentions } of stepsOf(context)) {
      const holds = thingsHeld(upper);
      for (const mention of mentions) {
        if (mention.verb === "withholds" || !fitsVerb(mention.verb, mention.held) || isStar(mention))
          continue;
        const [first] = mention.things;
        if (first === undefined || mention.things.some((thing) => holds.has(thing))) continue;
        const loss = lossOf(context, upper, first);
        if (loss !== undefined) yield excess(mention, upper, loss);
      }
    }
  },
};

/** `*`, `intent.*` and `given.*` mean whatever is held. */
const isStar = ({ held }: Mention): boolean => (held.kind === "HeldTool" ? held.pattern : held.name) === "*";

function excess({ held, verb }: Mention, upper: TierHolding, loss: Loss): Found {
  return {
    message: `${quote(upper.name)} does not hold ${quote(showHeld(held))}, and so cannot pass it on`,
    span: held.span,
    label: "not held here",
    related: [{ span: loss.held.span, text: "withheld here" }],
    help: `let the boundary above ${verb === "carries" ? "carry" : "pass"} it, or take it away here`,
  };
}
