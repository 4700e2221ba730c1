import { serveStdio } from "./stdio.js";

// What the extension for VS Code starts: the language server without the command line.
serveStdio();
