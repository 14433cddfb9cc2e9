/** Whether the environment can be told that a claim must have a value: a delegation rests on it (delegation §2.3). */

import { sendsRequired } from "../../../admin-api/pingone/settings.ts";
import { requiredClaims as requiredIn } from "../../../components/pingone/delegation.ts";
import { fieldOf } from "../../../declaration/load.ts";
import { unenforced } from "../../../providers/pingone/required-claims.ts";
import { together } from "../../../providers/together.ts";
import type { Check } from "../sheet.ts";
import type { Local } from "../wing.ts";

/** Makes no call. */
export const requiredClaims: Check<Local<"pingone">> = {
  id: "required-claims",
  title: "required claims",
  look: async ({ declared: { declaration, placeOf }, env, state }) => {
    const all = requiredIn(declaration);
    if (all.length === 0) return { found: "no claim is required", fact: undefined };
    const isSent = sendsRequired(env, state?.config);
    if (isSent === undefined)
      return { found: `${all.length} required`, fact: undefined, open: 'once "settings" is ok: this again' };
    const refused = isSent ? [] : all;
    await together(
      refused.map(async ({ claim, resource, path }) => {
        throw unenforced(claim, resource, { ...placeOf(path), entry: fieldOf(path) });
      }),
    );
    return { found: `${all.length} required, and the environment is told so`, fact: undefined };
  },
};
