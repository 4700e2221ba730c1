import { groups } from "./all.js";
import { ordinary } from "./support/ordinary.js";

ordinary(groups.sessions);
