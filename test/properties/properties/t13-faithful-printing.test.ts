import { parsePolicy, policyDigest, printDocument } from "../../../src/index.js";
import { compiled } from "../support/judge.js";
import { holds, mustBeSame } from "../support/run.js";

const printed = (file: string, text: string): string => printDocument(parsePolicy({ file, text }).document);

holds(
  "T13 faithful printing: what is printed means the same, and prints as itself",
  ({ model, texts, engine }) => {
    const once = new Map([...texts].map(([path, text]) => [path, printed(path, text)]));
    mustBeSame("the same digest", policyDigest(compiled(model.entry, once)), engine.digest);
    for (const [path, text] of once)
      mustBeSame("printed again it is the same text", printed(path, text), text);
  },
);
