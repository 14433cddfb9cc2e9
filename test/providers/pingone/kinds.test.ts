/** Every PingOne kind through its life: the suite that all platforms share. */

import { describeKinds } from "../../support/kind-suite.ts";
import { startPingOne } from "../../support/pingone.ts";
import { samples } from "./samples.ts";

describeKinds(samples, startPingOne);
