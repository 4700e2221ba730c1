import { ordinary } from "../properties/support/ordinary.js";
import { hostile } from "./properties.js";

ordinary(hostile);
