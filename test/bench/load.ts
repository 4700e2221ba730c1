/** A module of the benchmark. It is plain JavaScript: who loads it says what of it is used. */
export const load = async <M>(name: string): Promise<M> =>
  (await import(new URL(`../../bench/${name}`, import.meta.url).href)) as M;

export interface Request {
  readonly tool: string;
  readonly args: { readonly path?: string; readonly [name: string]: unknown };
  readonly roles: readonly string[];
  readonly confidence: number;
}

export interface Found {
  readonly decision: string;
  readonly scope: string;
}

export interface Workload {
  readonly requests: readonly Request[];
  readonly expected: readonly Found[];
}

export interface Shape {
  readonly name: string;
  readonly sizes: readonly number[];
}

export interface Ready<Input> {
  input(request: unknown): Input;
  decide(input: Input): string;
  findings?(input: Input): Found;
}

export interface Peer {
  readonly name: string;
  cannot(workload: Workload): string | undefined;
  prepare(workload: Workload): Ready<unknown>;
}
