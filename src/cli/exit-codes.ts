/** What the programme ends with; the same for every command. */
export enum ExitCode {
  /** All is well; warnings alone are no reason to say no. */
  Fine = 0,
  /** The answer is no: a policy has an error, a test fails. */
  No = 1,
  /** The command was used wrongly. */
  WronglyUsed = 2,
  /** It could not run, or not to the end: a file that cannot be read or written, a line that is no record, a fault of its own. */
  CouldNotRun = 3,
  /** `eval --exit-code`: the least clearance that was given is `return`. */
  Return = 10,
  /** `eval --exit-code`: it is `clarify`. */
  Clarify = 11,
  /** `eval --exit-code`: it is `confirm`. */
  Confirm = 12,
}

/** What `reshimu --help` says of them. */
export const exitCodesHelp = `Exit codes:
  0  fine; a warning alone is fine too
  1  no: an error in check, a test that fails
  2  used wrongly
  3  could not run: a file cannot be read, a line is no record
  10, 11, 12  with eval --exit-code: the least clearance is return, clarify, confirm`;
