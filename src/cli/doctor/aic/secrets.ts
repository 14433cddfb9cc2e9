/** Whether the secrets are set that a declaration refers to. */

import {
  fullKey,
  type Reference,
  secretReferences,
  secretsMissing,
} from "../../../components/aic/secret-references.ts";
import { projectName } from "../../stack-settings.ts";
import type { Check } from "../sheet.ts";
import type { Local } from "../wing.ts";

/** No value is read: a key that the stack configuration has is set. */
export const secrets: Check<Local<"aic">> = {
  id: "secrets",
  title: "secrets",
  look: ({ declared: { declaration, placeOf }, env, state }) => {
    const all = secretReferences(declaration);
    const project = projectName(".") ?? "";
    const isSet = ({ reference }: Reference) =>
      "env" in reference
        ? Boolean(env[reference.env])
        : (state?.isConfigured(fullKey(reference.config, project)) ?? true);
    const missing = all.filter((one) => !isSet(one));
    if (missing.length > 0) throw secretsMissing(missing, placeOf);
    const ofConfig = all.filter(({ reference }) => "config" in reference).length;
    const places = [
      [all.length - ofConfig, "in the environment"],
      [ofConfig, "in the stack configuration"],
    ].filter(([count]) => count !== 0);
    if (places.length === 0) return { found: "none is taken from environment or stack configuration", fact: undefined };
    const found = places.map(([count, place]) => `${count} ${place}`).join(", ");
    if (ofConfig === 0 || state) return { found: `set: ${found}`, fact: undefined };
    const open = 'once "state of the stack" is ok: this again';
    return { found: `${found}, which cannot be asked`, fact: undefined, open };
  },
};
