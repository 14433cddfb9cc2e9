/** The configuration of the running program's stack, by full keys: the name of the project makes no difference. */

import * as pulumi from "@pulumi/pulumi";
import type { Config } from "../admin-api/settings.ts";

/** @example stackConfig("ping-agents:adopt") */
export const stackConfig: Config = (key) => pulumi.runtime.getConfig(key);
