/** A policy as lines in their blocks, so that they can be put in another order. */
export interface FileModel {
  readonly path: string;
  readonly name: string;
  readonly extends: readonly string[];
  readonly zone?: string;
  readonly declarations: readonly Declaration[];
  /** A narrowing: declarations without a first line, put on the policy when it has been built. */
  readonly narrows?: true;
  /** A file that is no policy, as it is. */
  readonly verbatim?: string;
}

/** Whether a path is a policy's or a narrowing's. */
export const isNarrowing = (path: string): boolean => path.endsWith(".narrowing");
export const isReshimu = (path: string): boolean => isNarrowing(path) || path.endsWith(".reshimu");

/** One line, or a block of lines of which each is one statement. */
export type Declaration =
  | { readonly line: string }
  | {
      readonly head: string;
      readonly statements: readonly string[];
      /** Whether the order of its statements means something. */
      readonly ordered?: true;
    };

/** How lists whose order has no meaning are put into another order. */
export type Reorder = <T>(items: readonly T[]) => readonly T[];

const asWritten: Reorder = (items) => items;

/** A file as text. */
export function render(file: FileModel, reorder: Reorder = asWritten): string {
  if (file.verbatim !== undefined) return file.verbatim;
  const bases =
    file.extends.length === 0
      ? ""
      : ` extends ${reorder(file.extends)
          .map((base) => JSON.stringify(base))
          .join(", ")}`;
  const zone = file.zone === undefined ? "" : ` zone ${JSON.stringify(file.zone)}`;
  const declarations = reorder(file.declarations).map((declaration) =>
    "line" in declaration
      ? declaration.line
      : `${declaration.head} {\n${(declaration.ordered
          ? declaration.statements
          : reorder(declaration.statements)
        )
          .map((line) => `  ${line}\n`)
          .join("")}}`,
  );
  if (file.narrows) return `${declarations.join("\n")}\n`;
  return `policy ${file.name}${bases}${zone}\n\n${declarations.join("\n")}\n`;
}

/** Texts of files, by path. */
export type Texts = ReadonlyMap<string, string>;

export const textsOf = (files: readonly FileModel[], reorder?: Reorder): Texts =>
  new Map(files.map((file) => [file.path, render(file, reorder)]));
