import type { IToken } from "chevrotain";
import type { Rule } from "./expression-parser.js";
import { StepParser } from "./step-parser.js";
import * as t from "./tokens.js";

const kw = t.keyword;

/** Where the parser is: what the recovery needs to know when a statement breaks. */
export interface Progress {
  /** The first token of the declaration that was begun last. */
  declaration: IToken | undefined;
  /** The first token of the statement that was begun last in the open block, or of the last declaration outside of blocks. */
  statement: IToken | undefined;
  /** The rule of the open block's statements. */
  body: BodyRule | undefined;
}

export type BodyRule =
  | "intentBody"
  | "scopeBody"
  | "groundingBody"
  | "reversibilityBody"
  | "discernmentBody"
  | "boundaryBody"
  | "testBody";

/** Declarations and blocks: the whole file. */
export class PolicyParser extends StepParser {
  progress: Progress = { declaration: undefined, statement: undefined, body: undefined };

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  // file = "policy" dotted [ "extends" strings ] [ "zone" STRING ] { decl } ;
  readonly file: Rule = this.RULE("file", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.header) }, { ALT: () => this.CONSUME(t.Broken) }]);
    this.MANY(() => this.SUBRULE(this.decl));
  });

  // (part of file) "policy" dotted [ "extends" strings ] [ "zone" STRING ]
  readonly header: Rule = this.RULE("header", () => {
    this.beginStatement();
    this.CONSUME(kw("policy"));
    this.SUBRULE(this.dotted);
    this.OPTION(() => {
      this.CONSUME(kw("extends"));
      this.SUBRULE(this.strings);
    });
    this.OPTION2(() => {
      this.CONSUME(kw("zone"));
      this.CONSUME(t.Text);
    });
  });

  // narrowing = { decl } ;
  readonly narrowing: Rule = this.RULE("narrowing", () => {
    this.MANY(() => this.SUBRULE(this.decl));
  });

  // decl = principal | intent | tool | "tools" STRING | scope | grounding | reversibility | discernment | tiers | boundary | assert | test ;
  readonly decl: Rule = this.RULE("decl", () => {
    this.beginDeclaration();
    this.OR([
      { ALT: () => this.SUBRULE(this.principal) },
      { ALT: () => this.SUBRULE(this.intent) },
      { ALT: () => this.SUBRULE(this.tool) },
      { ALT: () => this.SUBRULE(this.toolsImport) },
      { ALT: () => this.SUBRULE(this.scope) },
      { ALT: () => this.SUBRULE(this.grounding) },
      { ALT: () => this.SUBRULE(this.reversibility) },
      { ALT: () => this.SUBRULE(this.discernment) },
      { ALT: () => this.SUBRULE(this.tiers) },
      { ALT: () => this.SUBRULE(this.boundary) },
      { ALT: () => this.SUBRULE(this.assert) },
      { ALT: () => this.SUBRULE(this.test) },
      { ALT: () => this.CONSUME(t.Broken) },
    ]);
  });

  // principal = "principal" NAME STRING [ "key" STRING ] ;
  readonly principal: Rule = this.RULE("principal", () => {
    this.CONSUME(kw("principal"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Text, { LABEL: "display" });
    this.OPTION(() => {
      this.CONSUME(kw("key"));
      this.CONSUME2(t.Text, { LABEL: "key" });
    });
  });

  // tool = "tool" dotted "(" params ")" ;
  readonly tool: Rule = this.RULE("tool", () => {
    this.CONSUME(kw("tool"));
    this.SUBRULE(this.dotted);
    this.CONSUME(t.LParen);
    this.SUBRULE(this.params);
    this.CONSUME(t.RParen);
  });

  // (part of decl) "tools" STRING
  readonly toolsImport: Rule = this.RULE("toolsImport", () => {
    this.CONSUME(kw("tools"));
    this.CONSUME(t.Text);
  });

  // (part of decl) "tiers" NAME ">" NAME { ">" NAME }
  readonly tiers: Rule = this.RULE("tiers", () => {
    this.CONSUME(kw("tiers"));
    this.CONSUME(t.Name);
    this.AT_LEAST_ONE(() => {
      this.CONSUME(t.Greater);
      this.CONSUME2(t.Name);
    });
  });

  // assert = "assert" "never" "authorize" tools ( when | "without" "confirmation" ) ;
  readonly assert: Rule = this.RULE("assert", () => {
    this.CONSUME(kw("assert"));
    this.CONSUME(kw("never"));
    this.CONSUME(kw("authorize"));
    this.SUBRULE(this.tools);
    this.OR([
      { ALT: () => this.SUBRULE(this.when) },
      {
        ALT: () => {
          this.CONSUME(kw("without"));
          this.CONSUME(kw("confirmation"));
        },
      },
    ]);
  });

  // intent = "intent" "{" { NAME str | "given" NAME ":" type [ "=" literal ] [ asks ] } "}" ;
  readonly intent: Rule = this.RULE("intent", () => {
    this.CONSUME(kw("intent"));
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.intentBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly intentBody: Rule = this.RULE("intentBody", () => {
    this.beginBody("intentBody");
    this.MANY(() => {
      this.beginStatement();
      this.OR([
        { ALT: () => this.SUBRULE(this.bullet) },
        { ALT: () => this.SUBRULE(this.given) },
        { ALT: () => this.CONSUME(t.Broken) },
      ]);
    });
  });

  // scope = "scope" "{" { permit | limit } "}" ;
  readonly scope: Rule = this.RULE("scope", () => {
    this.CONSUME(kw("scope"));
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.scopeBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly scopeBody: Rule = this.RULE("scopeBody", () => {
    this.beginBody("scopeBody");
    this.MANY(() => {
      this.beginStatement();
      this.OR([
        { ALT: () => this.SUBRULE(this.permit) },
        { ALT: () => this.SUBRULE(this.limit) },
        { ALT: () => this.CONSUME(t.Broken) },
      ]);
    });
  });

  // grounding = "grounding" "{" { source | fact | "claim" NAME ":" type | ground | "tolerance" NUMBER | "unsupported" "at" "most" NUMBER } "}" ;
  readonly grounding: Rule = this.RULE("grounding", () => {
    this.CONSUME(kw("grounding"));
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.groundingBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly groundingBody: Rule = this.RULE("groundingBody", () => {
    this.beginBody("groundingBody");
    this.MANY(() => {
      this.beginStatement();
      this.OR([
        { ALT: () => this.SUBRULE(this.source) },
        { ALT: () => this.SUBRULE(this.fact) },
        { ALT: () => this.SUBRULE(this.claim) },
        { ALT: () => this.SUBRULE(this.ground) },
        { ALT: () => this.SUBRULE(this.tolerance) },
        { ALT: () => this.SUBRULE(this.unsupported) },
        { ALT: () => this.CONSUME(t.Broken) },
      ]);
    });
  });

  // reversibility = "reversibility" "{" { class | treat | "otherwise" NAME } "}" ;
  readonly reversibility: Rule = this.RULE("reversibility", () => {
    this.CONSUME(kw("reversibility"));
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.reversibilityBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly reversibilityBody: Rule = this.RULE("reversibilityBody", () => {
    this.beginBody("reversibilityBody");
    this.MANY(() => {
      this.beginStatement();
      this.OR([
        { ALT: () => this.SUBRULE(this.class) },
        { ALT: () => this.SUBRULE(this.treat) },
        { ALT: () => this.SUBRULE(this.otherwise) },
        { ALT: () => this.CONSUME(t.Broken) },
      ]);
    });
  });

  // discernment = "discernment" "{" { threshold | gray | "fidelity" "at" "least" NUMBER | escalate } "}" ;
  readonly discernment: Rule = this.RULE("discernment", () => {
    this.CONSUME(kw("discernment"));
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.discernmentBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly discernmentBody: Rule = this.RULE("discernmentBody", () => {
    this.beginBody("discernmentBody");
    this.MANY(() => {
      this.beginStatement();
      this.OR([
        { ALT: () => this.SUBRULE(this.threshold) },
        { ALT: () => this.SUBRULE(this.gray) },
        { ALT: () => this.SUBRULE(this.fidelity) },
        { ALT: () => this.SUBRULE(this.escalate) },
        { ALT: () => this.CONSUME(t.Broken) },
      ]);
    });
  });

  // boundary = "boundary" NAME "->" NAME "{" { ( "carries" | "withholds" | "grants" | "passes" ) held { "," held } | because } "}" ;
  readonly boundary: Rule = this.RULE("boundary", () => {
    this.CONSUME(kw("boundary"));
    this.CONSUME(t.Name, { LABEL: "from" });
    this.CONSUME(t.Arrow);
    this.CONSUME2(t.Name, { LABEL: "to" });
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.boundaryBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly boundaryBody: Rule = this.RULE("boundaryBody", () => {
    this.beginBody("boundaryBody");
    this.MANY(() => {
      this.beginStatement();
      this.OR([
        { ALT: () => this.SUBRULE(this.hold) },
        { ALT: () => this.SUBRULE(this.because) },
        { ALT: () => this.CONSUME(t.Broken) },
      ]);
    });
  });

  // test = "test" STRING "{" { step } "}" ;
  readonly test: Rule = this.RULE("test", () => {
    this.CONSUME(kw("test"));
    this.CONSUME(t.Text);
    this.CONSUME(t.LCurly);
    this.SUBRULE(this.testBody);
    this.CONSUME(t.RCurly);
    this.endBody();
  });

  readonly testBody: Rule = this.RULE("testBody", () => {
    this.beginBody("testBody");
    this.MANY(() => {
      this.beginStatement();
      this.SUBRULE(this.step);
    });
  });

  // ---------------------------------------------------------------- where the parser is

  private beginDeclaration(): void {
    this.ACTION(() => {
      const first = this.LA(1);
      this.progress = { declaration: first, statement: first, body: undefined };
    });
  }

  private beginBody(body: BodyRule): void {
    this.ACTION(() => {
      this.progress.body = body;
      this.progress.statement = undefined;
    });
  }

  private beginStatement(): void {
    this.ACTION(() => {
      this.progress.statement = this.LA(1);
    });
  }

  private endBody(): void {
    this.ACTION(() => {
      this.progress.body = undefined;
      this.progress.statement = undefined;
    });
  }
}
