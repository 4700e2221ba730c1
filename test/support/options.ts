import { InvalidArgumentError } from "commander";

/** Reads a whole number within bounds, for an option of a command. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`give a whole number from ${least} to ${most}`);
    return value;
  };
