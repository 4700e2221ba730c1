import path from "node:path";
import { watch } from "chokidar";

/** How long nothing may change before it is looked at: editors write in several steps. In milliseconds. */
const settled = 60;

/** What is watched. */
export interface Watched {
  /** Files and folders, with all that is in them. */
  readonly paths: readonly string[];
  /** Called with the absolute paths that changed; the next call waits until this one is done. */
  onChange(changed: ReadonlySet<string>): Promise<void>;
  /** Files that are watched besides, asked anew after each change. */
  also(): Iterable<string>;
  /** Called once all is being watched. */
  onReady(): Promise<void>;
}

/** Watches until the process is told to end (SIGINT, SIGTERM). Folders of others and hidden ones are left out. */
export async function watchFiles({ paths, onChange, also, onReady }: Watched): Promise<void> {
  const watcher = watch(
    paths.map((one) => path.resolve(one)),
    {
      ignoreInitial: true,
      ignored: (at, stats) => isSkipped(at, paths) || (stats?.isFile() === true && !isSource(at)),
    },
  );
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let end: (error?: unknown) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  const look = (): void => {
    const now = new Set(changed);
    changed.clear();
    running = running.then(async () => {
      await onChange(now);
      watcher.add([...also()].map((one) => path.resolve(one)));
    });
    running.catch(end);
  };
  watcher.on("all", (_, at) => {
    changed.add(path.resolve(at));
    clearTimeout(timer);
    timer = setTimeout(look, settled);
  });
  watcher.on("error", end);
  const stop = (): void => end();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    watcher.add([...also()].map((one) => path.resolve(one)));
    await Promise.race([new Promise<void>((resolve) => watcher.once("ready", resolve)), ended]);
    await onReady();
    await ended;
  } finally {
    clearTimeout(timer);
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await watcher.close();
    await running.catch(() => {});
  }
}

const isSource = (at: string): boolean => at.endsWith(".reshimu") || at.endsWith(".json");

/** Below one of the paths, a folder that holds what others wrote, or what no person looks at. */
function isSkipped(at: string, paths: readonly string[]): boolean {
  return paths.some((one) => {
    const below = path.relative(path.resolve(one), at);
    if (below.startsWith("..") || path.isAbsolute(below)) return false;
    return below.split(path.sep).some((name) => name === "node_modules" || /^\.[^.]/.test(name));
  });
}
