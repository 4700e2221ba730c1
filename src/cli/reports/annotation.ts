/** A workflow command of GitHub Actions, which shows a message beside the lines of a change. */
export function annotation(
  command: "error" | "warning" | "notice",
  properties: { readonly [name: string]: string | number },
  message: string,
): string {
  const told = Object.entries(properties).map(([name, value]) => `${name}=${property(`${value}`)}`);
  return `::${command} ${told.join(",")}::${data(message)}`;
}

/** A command is one line: what would end it, or a property of it, is written by its code. */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
