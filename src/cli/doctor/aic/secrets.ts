/** Whether the secrets are set that a declaration refers to. */

import { secretReferences, secretsMissing } from "../../../components/aic/secret-references.ts";
import type { Declared } from "../declaration.ts";
import type { Check } from "../sheet.ts";

/** Of the stack configuration no secret is shown: `pulumi preview` tells those that it lacks. */
export const secrets: Check<{ readonly declared: Declared<"aic">; readonly env: NodeJS.ProcessEnv }> = {
  id: "secrets",
  title: "secrets",
  look: ({ declared: { declaration, placeOf }, env }) => {
    const named = secretReferences(declaration).filter(({ reference }) => "env" in reference);
    const missing = named.filter(({ reference }) => "env" in reference && !env[reference.env]);
    if (missing.length > 0) throw secretsMissing(missing, placeOf);
    const found = named.length === 0 ? "none is taken from the environment" : `${named.length} are in the environment`;
    return { found, fact: undefined };
  },
};
