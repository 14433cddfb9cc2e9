/** What the roles of the worker application must let it read of an environment, each with what for (pingone §2.2). */

import { AdminApiError } from "../../../admin-api/http/errors.ts";
import type { Declared } from "../declaration.ts";
import type { Check } from "../sheet.ts";
import type { Given } from "./environment.ts";

type Declaration = Declared<"pingone">["declaration"];
type Collection = "resources" | "users" | "groups" | "signOnPolicies" | "flowPolicies" | "roles";

type Reading = {
  readonly collection: Collection;
  readonly words: string;
  readonly purpose: string;
  readonly isNeeded: (clients: readonly Client[], declaration: Declaration) => boolean;
};

type Client = NonNullable<Declaration["agents"]>[string] | NonNullable<Declaration["applications"]>[string];

const hasOwners = (clients: readonly Client[]) => clients.some(({ owners = [] }) => owners.length > 0);
const hasPolicies = (kind: "sign-on" | "davinci") => (clients: readonly Client[]) =>
  clients.some(({ policies }) => policies?.kind === kind);

const READINGS: readonly Reading[] = [
  {
    ...{ collection: "resources", words: "resources", purpose: "resources and access to them" },
    isNeeded: (clients, { resources }) =>
      resources !== undefined || clients.some(({ access = [] }) => access.length > 0),
  },
  { collection: "users", words: "users", purpose: "owners", isNeeded: hasOwners },
  { collection: "roles", words: "roles", purpose: "owners", isNeeded: hasOwners },
  {
    ...{ collection: "groups", words: "groups", purpose: "userAccess" },
    isNeeded: (clients) => clients.some(({ userAccess }) => userAccess?.groups !== undefined),
  },
  { collection: "signOnPolicies", words: "sign-on policies", purpose: "policies", isNeeded: hasPolicies("sign-on") },
  { collection: "flowPolicies", words: "DaVinci policies", purpose: "policies", isNeeded: hasPolicies("davinci") },
];

/** A row for each. That it may write, too, no call shows that only reads. */
export const readings = READINGS.map(
  ({ collection, words, purpose, isNeeded }): Check<Given> => ({
    id: `read ${collection}`,
    title: `role to read ${words}`,
    look: async ({ context, declared: { declaration } }) => {
      const { agents = {}, applications = {}, environment: id } = declaration;
      const clients = [...Object.values(agents), ...Object.values(applications)];
      if (!isNeeded(clients, declaration)) return { found: `not needed: nothing declares ${purpose}`, fact: undefined };
      try {
        await context.environment(id)[collection].listUpTo(1);
        return { found: `given; for ${purpose}`, fact: undefined };
      } catch (error) {
        if (!(error instanceof AdminApiError) || error.code !== "ERR_API_FORBIDDEN") throw error;
        const { what, hint: next = "", code } = error;
        return { failures: [{ found: `${what}; it is needed for ${purpose}`, next, code }] };
      }
    },
  }),
);
