import { ExitCode } from "./exit-codes.js";

/** Why a command ends early; the message is for the person at the terminal, and says what to do. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode) {
    super(message);
    this.code = code;
  }
}

/** The command was given something it cannot take. */
export const wronglyUsed = (message: string): Failure => new Failure(message, ExitCode.WronglyUsed);

/** What the command needs cannot be had. */
export const couldNotRun = (message: string): Failure => new Failure(message, ExitCode.CouldNotRun);
