import { visible } from "../index.js";
import { ExitCode } from "./exit-codes.js";
import { faultText } from "./fault.js";
import type { Terminal } from "./terminal.js";

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

/** Says why a command ended early; gives the code to end with. */
export async function reportError(error: unknown, { err }: Pick<Terminal, "err">): Promise<ExitCode> {
  if (error instanceof Failure) {
    const [first = "", ...rest] = error.message.split("\n").map(visible);
    await err.write(`${[`${err.paint.red("error:")} ${first}`, ...rest].join("\n")}\n`);
    return error.code;
  }
  await err.write(faultText(error, process.env.RESHIMU_DEBUG === "1"));
  return ExitCode.CouldNotRun;
}
