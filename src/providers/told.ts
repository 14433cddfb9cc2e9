/** Mistakes that are the same for every resource are told in full once a run: where they are met again, one line says so. */

import { PingAgentsError } from "../errors.ts";

/** Wrong credentials, another tenant, a missing setting: nothing of the run can work. */
export const OF_ALL = ["ERR_API_UNAUTHENTICATED", "ERR_SETTING_MISSING", "ERR_SETTING_INVALID", "ERR_OTHER_TENANT"];
/** The tenant, or the way to it, is not well. */
const OF_TENANT = ["ERR_API_OUTAGE", "ERR_API_UNREACHABLE", "ERR_API_TIMEOUT", "ERR_API_RATE_LIMITED"];

/** What a run has told already. */
export class Told {
  readonly #told = new Set<string>();

  /** Shortens a mistake of which the run has told in full, with what to do next. */
  shorten(error: Error & { reasons?: readonly string[] }): void {
    if (!(error instanceof PingAgentsError)) return;
    if (![...OF_ALL, ...OF_TENANT].includes(error.code)) return;
    const key = `${error.code} ${error.hint}`;
    if (this.#told.has(key)) {
      error.message = `${error.code}: met here, too; told in full of another resource of this run`;
      if ("reasons" in error) Object.assign(error, { reasons: [error.message] });
    }
    this.#told.add(key);
  }
}
