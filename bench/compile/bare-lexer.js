import { createToken, Lexer } from "chevrotain";

/** Chevrotain's lexer by itself: words, literals, signs and comments, and no keyword apart. */
export const bareLexer = new Lexer(
  [
    createToken({ name: "Space", pattern: /[ \t\n\r]+/, group: Lexer.SKIPPED, line_breaks: true }),
    createToken({ name: "Comment", pattern: /\/\/[^\n\r]*/, group: "comments" }),
    createToken({ name: "Word", pattern: /[A-Za-z_][A-Za-z0-9_]*/ }),
    createToken({ name: "Text", pattern: /"[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*)*"/ }),
    createToken({ name: "Number", pattern: /[0-9][0-9_]*(?:\.[0-9]+)?(?:ms|s|m|h|d)?/ }),
    createToken({ name: "Sign", pattern: /->|[=!<>]=|[=<>{}()[\],:?.+\-*/]/ }),
  ],
  { ensureOptimizations: true, positionTracking: "full" },
);
