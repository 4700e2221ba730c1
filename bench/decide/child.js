// The other side of apart.js: measures the one workload that it is told, and tells what it is doing.
import { once } from "node:events";
import { chosenPeers } from "./options.js";
import { allPeers } from "./peers/all.js";
import { measured } from "./run.js";
import { workloads } from "./workloads/index.js";

const [{ workload, size, peers: wanted, settings }] = await once(process, "message");
const shape = workloads.find(({ name }) => name === workload);
const { peers } = await allPeers();
const told = (doing) => process.send({ doing });
const result = await measured(shape, size, chosenPeers(peers, wanted), { ...settings, told });
process.send({ result }, () => process.disconnect());
