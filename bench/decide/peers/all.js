import { ours } from "./index.js";

/** Ours, and the others where they are installed: they are packages with an installation of their own. */
export async function allPeers() {
  try {
    const { others } = await import("../../others/index.js");
    return { peers: [...ours, ...others], missing: false };
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return { peers: ours, missing: true };
  }
}
