/** Says on stderr what is going on: over the line before on a terminal, else a line for each workload. */
export function progress({ stderr }) {
  let last = "";
  return {
    told(workload, doing) {
      if (stderr.isTTY) stderr.write(`\r\u001b[K${workload}: ${doing}`);
      else if (workload !== last) stderr.write(`${workload}\n`);
      last = workload;
    },
    done() {
      if (stderr.isTTY) stderr.write("\r\u001b[K");
    },
  };
}
