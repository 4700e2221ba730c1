import {
  loadPolicyFile,
  type Observing,
  type PolicyFile,
  type PolicyIr,
  type RunOptions,
  runTests,
  type TestResult,
} from "../../index.js";

/** A policy, and what its tests came to; none where it has errors. */
export interface Tested {
  readonly file: string;
  readonly loaded: PolicyFile;
  readonly results: readonly TestResult[];
  /** Every file it was read from, as far as is known. */
  readonly reads: ReadonlySet<string>;
}

export interface TestFileOptions extends Omit<RunOptions, "observe"> {
  /** Who looks on at the tests of a policy that has no errors. */
  readonly observing?: (policy: PolicyIr, loaded: PolicyFile) => Observing;
}

/** Reads a policy and runs its tests. */
export async function testFile(file: string, { observing, ...options }: TestFileOptions): Promise<Tested> {
  const reads = new Set([file]);
  const loaded = await loadPolicyFile(file, { onRead: (path) => void reads.add(path) });
  if (loaded.policy === null) return { file, loaded, results: [], reads };
  const observe = observing?.(loaded.policy, loaded);
  const results = await runTests(loaded.policy, {
    ...options,
    ...(observe === undefined ? {} : { observe }),
  });
  return { file, loaded, results, reads };
}

export const passedIn = (results: readonly TestResult[]): number =>
  results.filter((result) => result.passed).length;

/** Whether nothing of a policy is wrong. */
export const isFine = ({ loaded, results }: Tested): boolean =>
  loaded.policy !== null && results.every((result) => result.passed);
