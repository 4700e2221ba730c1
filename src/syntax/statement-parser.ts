import { ExpressionParser, type Rule } from "./expression-parser.js";
import * as t from "./tokens.js";

const kw = t.keyword;

/** Types, literals, and the statements that stand inside blocks. */
export abstract class StatementParser extends ExpressionParser {
  // ---------------------------------------------------------------- types and literals

  // params = [ param { "," param } ] ;
  readonly params: Rule = this.RULE("params", () => {
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.param) });
  });

  // param = NAME [ "?" ] ":" [ "sensitive" ] type ;
  readonly param: Rule = this.RULE("param", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.Question));
    this.CONSUME(t.Colon);
    this.OPTION2(() => this.CONSUME(kw("sensitive")));
    this.SUBRULE(this.type);
  });

  // type = "list" "<" type ">" | "enum" "(" strings ")" | "{" params "}" | IDENT ;
  readonly type: Rule = this.RULE("type", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(kw("list"));
          this.CONSUME(t.Less);
          this.SUBRULE(this.type);
          this.CONSUME(t.Greater);
        },
      },
      {
        ALT: () => {
          this.CONSUME(kw("enum"));
          this.CONSUME(t.LParen);
          this.SUBRULE(this.strings);
          this.CONSUME(t.RParen);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LCurly);
          this.SUBRULE(this.params);
          this.CONSUME(t.RCurly);
        },
      },
      { ALT: () => this.CONSUME(t.Ident) },
    ]);
  });

  // literal = [ "-" ] ( NUMBER | DURATION ) | str | "true" | "false" | column | "[" [ literals ] "]"
  //         | "{" [ NAME ":" literal { "," NAME ":" literal } ] "}" ;
  readonly literal: Rule = this.RULE("literal", () => {
    this.OR([
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Minus));
          this.OR2([{ ALT: () => this.CONSUME(t.NumberToken) }, { ALT: () => this.CONSUME(t.Duration) }]);
        },
      },
      { ALT: () => this.SUBRULE(this.str) },
      { ALT: () => this.CONSUME(kw("true")) },
      { ALT: () => this.CONSUME(kw("false")) },
      { ALT: () => this.SUBRULE(this.column) },
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.SUBRULE(this.literals);
          this.CONSUME(t.RSquare);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LCurly);
          this.SUBRULE(this.fields);
          this.CONSUME(t.RCurly);
        },
      },
    ]);
  });

  // column = NAME ;  (no word that begins a step or means something in a test: a value never swallows the step behind it)
  readonly column: Rule = this.RULE("column", () => {
    this.CONSUME(t.Column);
  });

  // literals = literal { "," literal } ;  (where it is used it may be absent)
  readonly literals: Rule = this.RULE("literals", () => {
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.literal) });
  });

  // (part of literal and example) [ NAME ":" literal { "," NAME ":" literal } ]
  readonly fields: Rule = this.RULE("fields", () => {
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        this.CONSUME(t.Name);
        this.CONSUME(t.Colon);
        this.SUBRULE(this.literal);
      },
    });
  });

  // ---------------------------------------------------------------- intent

  // (part of intent) NAME str
  readonly bullet: Rule = this.RULE("bullet", () => {
    this.CONSUME(t.Name);
    this.SUBRULE(this.str);
  });

  // (part of intent) "given" NAME ":" type [ "=" literal ] [ asks ]
  readonly given: Rule = this.RULE("given", () => {
    this.CONSUME(kw("given"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.literal);
    });
    // Two tokens tell the clause from a bullet whose label is `asks`.
    this.OPTION2({ GATE: () => this.LA(2).tokenType !== t.Text, DEF: () => this.SUBRULE(this.asks) });
  });

  // ---------------------------------------------------------------- scope

  // permit = ( "permit" | "forbid" ) tools [ "serving" names ] [ when ] [ because ] ;
  readonly permit: Rule = this.RULE("permit", () => {
    this.OR([{ ALT: () => this.CONSUME(kw("permit")) }, { ALT: () => this.CONSUME(kw("forbid")) }]);
    this.SUBRULE(this.tools);
    this.OPTION(() => {
      this.CONSUME(kw("serving"));
      this.SUBRULE(this.names);
    });
    this.OPTION2(() => this.SUBRULE(this.when));
    this.OPTION3(() => this.SUBRULE(this.because));
  });

  // limit = "limit" tools [ "sum" expr ] "to" NUMBER window [ "each" expr ] ;
  readonly limit: Rule = this.RULE("limit", () => {
    this.CONSUME(kw("limit"));
    this.SUBRULE(this.tools);
    this.OPTION(() => {
      this.CONSUME(kw("sum"));
      this.SUBRULE(this.expr, { LABEL: "sum" });
    });
    this.CONSUME(kw("to"));
    this.CONSUME(t.NumberToken);
    this.SUBRULE(this.window);
    this.OPTION2(() => {
      this.CONSUME(kw("each"));
      this.SUBRULE2(this.expr, { LABEL: "each" });
    });
  });

  // ---------------------------------------------------------------- grounding

  // source = "source" NAME "is" ( "tool" tools [ "fields" dotted { "," dotted } ] [ "as" "text" ] [ when ] | NAME STRING )
  //          "trust" NUMBER [ "fresh" DURATION ] [ "timeout" DURATION ] ;
  readonly source: Rule = this.RULE("source", () => {
    this.CONSUME(kw("source"));
    this.CONSUME(t.Name);
    this.CONSUME(kw("is"));
    this.OR([{ ALT: () => this.SUBRULE(this.toolOrigin) }, { ALT: () => this.SUBRULE(this.worldOrigin) }]);
    this.CONSUME(kw("trust"));
    this.CONSUME(t.NumberToken);
    this.OPTION(() => {
      this.CONSUME(kw("fresh"));
      this.CONSUME(t.Duration, { LABEL: "fresh" });
    });
    this.OPTION2(() => {
      this.CONSUME(kw("timeout"));
      this.CONSUME2(t.Duration, { LABEL: "timeout" });
    });
  });

  // (part of source) "tool" tools [ "fields" dotted { "," dotted } ] [ "as" "text" ] [ when ]
  readonly toolOrigin: Rule = this.RULE("toolOrigin", () => {
    this.CONSUME(kw("tool"));
    this.SUBRULE(this.tools);
    this.OPTION(() => {
      this.CONSUME(kw("fields"));
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.dotted) });
    });
    this.OPTION2(() => {
      this.CONSUME(kw("as"));
      this.CONSUME(kw("text"));
    });
    this.OPTION3(() => this.SUBRULE(this.when));
  });

  // (part of source) NAME STRING
  readonly worldOrigin: Rule = this.RULE("worldOrigin", () => {
    this.CONSUME(t.Name);
    this.CONSUME(t.Text);
  });

  // fact = "fact" NAME [ "?" ] "(" params ")" ":" type "from" NAME [ str ] { "from" NAME [ str ] } [ "agree" "within" NUMBER ] ;
  readonly fact: Rule = this.RULE("fact", () => {
    this.CONSUME(kw("fact"));
    this.CONSUME(t.Name);
    this.OPTION(() => this.CONSUME(t.Question));
    this.CONSUME(t.LParen);
    this.SUBRULE(this.params);
    this.CONSUME(t.RParen);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.AT_LEAST_ONE(() => this.SUBRULE(this.from));
    this.OPTION2(() => {
      this.CONSUME(kw("agree"));
      this.CONSUME(kw("within"));
      this.CONSUME(t.NumberToken);
    });
  });

  // (part of fact) "from" NAME [ str ]
  readonly from: Rule = this.RULE("from", () => {
    this.CONSUME(kw("from"));
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.str));
  });

  // (part of grounding) "claim" NAME ":" type
  readonly claim: Rule = this.RULE("claim", () => {
    this.CONSUME(kw("claim"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
  });

  // ground = "ground" tools "on" ( "fact" | "inference" | "situation" | "effect" ) expr [ because ] ;
  readonly ground: Rule = this.RULE("ground", () => {
    this.CONSUME(kw("ground"));
    this.SUBRULE(this.tools);
    this.CONSUME(kw("on"));
    this.OR([
      { ALT: () => this.CONSUME(kw("fact"), { LABEL: "aspect" }) },
      { ALT: () => this.CONSUME(kw("inference"), { LABEL: "aspect" }) },
      { ALT: () => this.CONSUME(kw("situation"), { LABEL: "aspect" }) },
      { ALT: () => this.CONSUME(kw("effect"), { LABEL: "aspect" }) },
    ]);
    this.SUBRULE(this.expr);
    this.OPTION(() => this.SUBRULE(this.because));
  });

  // (part of grounding) "tolerance" NUMBER
  readonly tolerance: Rule = this.RULE("tolerance", () => {
    this.CONSUME(kw("tolerance"));
    this.CONSUME(t.NumberToken);
  });

  // (part of grounding) "unsupported" "at" "most" NUMBER
  readonly unsupported: Rule = this.RULE("unsupported", () => {
    this.CONSUME(kw("unsupported"));
    this.CONSUME(kw("at"));
    this.CONSUME(kw("most"));
    this.CONSUME(t.NumberToken);
  });

  // ---------------------------------------------------------------- reversibility

  // class = "class" NAME [ "above" NAME ] [ "confidence" NUMBER ] [ "confirm" NAME ] [ "limit" NUMBER window ] ;
  readonly class: Rule = this.RULE("class", () => {
    this.CONSUME(kw("class"));
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(kw("above"));
      this.CONSUME2(t.Name, { LABEL: "above" });
    });
    this.OPTION2(() => {
      this.CONSUME(kw("confidence"));
      this.CONSUME(t.NumberToken, { LABEL: "confidence" });
    });
    this.OPTION3(() => {
      this.CONSUME(kw("confirm"));
      this.CONSUME3(t.Name, { LABEL: "confirm" });
    });
    this.OPTION4(() => {
      this.CONSUME(kw("limit"));
      this.CONSUME2(t.NumberToken, { LABEL: "limit" });
      this.SUBRULE(this.window);
    });
  });

  // treat = "treat" tools "as" NAME [ when ] [ "by" call "within" DURATION ] [ because ] ;
  readonly treat: Rule = this.RULE("treat", () => {
    this.CONSUME(kw("treat"));
    this.SUBRULE(this.tools);
    this.CONSUME(kw("as"));
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.when));
    this.OPTION2(() => {
      this.CONSUME(kw("by"));
      this.SUBRULE(this.call);
      this.CONSUME(kw("within"));
      this.CONSUME(t.Duration);
    });
    this.OPTION3(() => this.SUBRULE(this.because));
  });

  // call = dotted "(" [ named { "," named } ] ")" ;
  readonly call: Rule = this.RULE("call", () => {
    this.SUBRULE(this.dotted);
    this.CONSUME(t.LParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.named) });
    this.CONSUME(t.RParen);
  });

  // (part of reversibility) "otherwise" NAME
  readonly otherwise: Rule = this.RULE("otherwise", () => {
    this.CONSUME(kw("otherwise"));
    this.CONSUME(t.Name);
  });

  // ---------------------------------------------------------------- discernment

  // threshold = "threshold" NUMBER [ "for" NAME ] ;
  readonly threshold: Rule = this.RULE("threshold", () => {
    this.CONSUME(kw("threshold"));
    this.CONSUME(t.NumberToken);
    this.OPTION(() => {
      this.CONSUME(kw("for"));
      this.CONSUME(t.Name);
    });
  });

  // gray = "gray" tools [ when ] "weight" NUMBER [ asks ] [ because ] ;
  readonly gray: Rule = this.RULE("gray", () => {
    this.CONSUME(kw("gray"));
    this.SUBRULE(this.tools);
    this.OPTION(() => this.SUBRULE(this.when));
    this.CONSUME(kw("weight"));
    this.CONSUME(t.NumberToken);
    this.OPTION2(() => this.SUBRULE(this.asks));
    this.OPTION3(() => this.SUBRULE(this.because));
  });

  // (part of discernment) "fidelity" "at" "least" NUMBER
  readonly fidelity: Rule = this.RULE("fidelity", () => {
    this.CONSUME(kw("fidelity"));
    this.CONSUME(kw("at"));
    this.CONSUME(kw("least"));
    this.CONSUME(t.NumberToken);
  });

  // escalate = "escalate" NAME "within" DURATION { "," "then" NAME "within" DURATION } ;
  readonly escalate: Rule = this.RULE("escalate", () => {
    this.CONSUME(kw("escalate"));
    this.SUBRULE(this.rung);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.CONSUME(kw("then"));
      this.SUBRULE2(this.rung);
    });
  });

  // (part of escalate) NAME "within" DURATION
  readonly rung: Rule = this.RULE("rung", () => {
    this.CONSUME(t.Name);
    this.CONSUME(kw("within"));
    this.CONSUME(t.Duration);
  });

  // ---------------------------------------------------------------- boundary

  // (part of boundary) ( "carries" | "withholds" | "grants" | "passes" ) held { "," held }
  readonly hold: Rule = this.RULE("hold", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("carries"), { LABEL: "verb" }) },
      { ALT: () => this.CONSUME(kw("withholds"), { LABEL: "verb" }) },
      { ALT: () => this.CONSUME(kw("grants"), { LABEL: "verb" }) },
      { ALT: () => this.CONSUME(kw("passes"), { LABEL: "verb" }) },
    ]);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.held) });
  });

  // held = "given" "." ( NAME | "*" ) | toolref ;
  readonly held: Rule = this.RULE("held", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(kw("given"));
          this.CONSUME(t.Dot);
          this.OR2([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.Star) }]);
        },
      },
      { ALT: () => this.SUBRULE(this.toolref) },
    ]);
  });
}
