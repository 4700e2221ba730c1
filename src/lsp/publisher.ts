import type { Diagnostic as LspDiagnostic } from "vscode-languageserver";
import { Findings, toLsp } from "./diagnostics.js";
import type { Workspace } from "./workspace.js";

/** Where diagnostics go, and who is told when all has been checked. */
export interface Outlet {
  publish(uri: string, diagnostics: LspDiagnostic[]): void;
  failed(what: string, error: unknown): void;
  /** All that was waiting has been checked: so many policies. */
  settled(checked: number): void;
}

/**
 * Milliseconds of quiet after a change before anything is checked: a tenth of what a check takes, within these. Changes that come
 * while a check goes on are read together after it, so that more quiet would only be delay.
 */
const shortest = 5;
const longest = 100;

/**
 * Checks what has changed and publishes what it finds, after a moment of quiet. What was edited goes first, then what is open,
 * then the rest; between two policies the server answers other requests.
 */
export class Publisher {
  readonly #findings = new Findings();
  readonly #waiting = new Set<string>();
  readonly #published = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #quiet = shortest;
  #round = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly outlet: Outlet,
  ) {}

  /** Has every policy checked that is not fresh; `first` before all others. */
  schedule(first?: string): void {
    const rest = [...this.#waiting];
    this.#waiting.clear();
    const stale = this.workspace.entries.filter((path) => !this.workspace.isFresh(path));
    for (const path of [...(first === undefined ? [] : [first]), ...stale, ...rest]) this.#waiting.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), this.#quiet);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  /** What is told of a file, as far as it has been checked. */
  of(file: string) {
    return this.#findings.of(file);
  }

  #next(): void {
    const [path] = this.#waiting;
    if (path === undefined) {
      this.outlet.settled(this.#round);
      this.#round = 0;
      return;
    }
    this.#round += 1;
    this.#waiting.delete(path);
    try {
      this.#check(path);
    } catch (error) {
      this.outlet.failed(`checking ${path}`, error);
    }
    this.#timer = setTimeout(() => this.#next(), 0);
  }

  #check(path: string): void {
    const start = performance.now();
    const isGone = !this.workspace.entries.includes(path);
    const diagnostics = isGone ? [] : this.workspace.check(path).analysis.diagnostics;
    for (const file of new Set([...this.#findings.set(path, diagnostics), path])) this.#publish(file);
    if (this.workspace.isOpen(path))
      this.#quiet = Math.min(longest, Math.max(shortest, (performance.now() - start) / 10));
  }

  #publish(file: string): void {
    const all = this.#findings.of(file).map((one) => toLsp(one, this.workspace));
    const told = JSON.stringify(all);
    if ((this.#published.get(file) ?? "[]") === told) return;
    this.#published.set(file, told);
    this.outlet.publish(this.workspace.uriOf(file), all);
  }
}
