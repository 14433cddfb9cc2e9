/** Settings of the stack that all platforms read in the same way. */

import { SettingError } from "../errors.ts";
import type { AdoptPolicy } from "./kind.ts";

/** Reads a value of the stack configuration by its full key. */
export type StackConfig = (key: string) => string | undefined;

const POLICIES: readonly string[] = ["never", "match", "overwrite"] satisfies AdoptPolicy[];

/**
 * The policy for resources that do not say.
 *
 * @throws ERR_SETTING_INVALID
 */
export function adoptPolicy(config: StackConfig): AdoptPolicy {
  const adopt = config("ping-agents:adopt") ?? "never";
  if (POLICIES.includes(adopt)) return adopt as AdoptPolicy;
  throw new SettingError("ERR_SETTING_INVALID", `ping-agents:adopt is "${adopt}"`, {
    hint: `use ${POLICIES.join(", ")}`,
  });
}
