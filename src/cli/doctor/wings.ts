/** Ping's clouds, one row each: what a doctor looks at there. */

import type { CloudName } from "../../tenants.ts";
import { aicWing } from "./aic/wing.ts";
import { pingOneWing } from "./pingone/wing.ts";
import type { Wing } from "./wing.ts";

const WINGS = { aic: aicWing, pingone: pingOneWing };

/** The wing of a cloud, whose checks get what those before them found. */
export const wingOf = (cloud: CloudName) => WINGS[cloud] as Wing<CloudName, unknown>;
