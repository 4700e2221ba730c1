/** A subject is a peer that stands ready for a workload, checked against the oracle: what is timed. */

const mostChecking = 2_000;
const leastChecked = 50;

/** Every peer that can decide a workload, or why it cannot. */
export async function subjectsOf(peers, workload, told) {
  const subjects = [];
  const left = [];
  for (const peer of peers) {
    const why = peer.cannot(workload);
    if (why !== undefined) {
      left.push({ peer: peer.name, why });
      continue;
    }
    told(`${peer.title} is prepared and checked`);
    const start = performance.now();
    const ready = await peer.prepare(workload);
    const prepared = performance.now() - start;
    subjects.push({ peer, ...ready, prepared, ...checked(peer, ready, workload) });
  }
  return { subjects, left };
}

/**
 * Decides every request once and holds it against the oracle; of one that is so slow that it would take more than some seconds, as
 * many as there is time for. What is wrong is not timed.
 */
function checked(peer, { input, decide }, { name, size, requests, expected }) {
  const start = performance.now();
  let count = 0;
  for (const [i, request] of requests.entries()) {
    if (count >= leastChecked && performance.now() - start > mostChecking) break;
    const word = decide(input(JSON.parse(JSON.stringify(request))));
    if (word !== expected[i].decision)
      throw new Error(
        `${peer.name} decides ${word} in ${name} ${size}, the oracle ${expected[i].decision}: ${JSON.stringify(request)}`,
      );
    count += 1;
  }
  return { checked: count, each: (performance.now() - start) / count };
}
