/** Whether the names that a declaration uses and does not declare mean something in the environment (decision 0005). */

import { pingOneForeignNames, type Reference } from "../../../declaration/rules/references.ts";
import type { Where } from "../../../errors.ts";
import type { PingOneContext } from "../../../providers/pingone/context.ts";
import { resolveScopes } from "../../../providers/pingone/scope-grant.ts";
import type { Declared } from "../declaration.ts";
import { resolved } from "../resolved.ts";
import type { Check } from "../sheet.ts";
import type { Given } from "./environment.ts";

type Declaration = Declared<"pingone">["declaration"];
type LookUp = (context: PingOneContext, declaration: Declaration, of: Reference, where: Where) => Promise<unknown>;

const LOOK_UPS: Readonly<Record<string, LookUp>> = {
  users: (context, { environment }, { name }, where) => context.names(environment).userId(name, where),
  groups: (context, { environment }, { name }, where) => context.names(environment).idOf("groups", name, where),
  policies: (context, declaration, { name, path }, where) => {
    const { policies } = clientAt(declaration, path) ?? {};
    const collection = policies?.kind === "davinci" ? "flowPolicies" : "signOnPolicies";
    return context.names(declaration.environment).idOf(collection, name, where);
  },
  resources: async (context, declaration, { name: resource, path }) => {
    const [, application = "", , index] = path;
    const { scopes = [] } = clientAt(declaration, path)?.access?.[Number(index)] ?? {};
    const { environment: environmentId } = declaration;
    await resolveScopes(context, { environmentId, application: String(application), resource, scopes });
  },
};

/** The agent or application that a path leads into. */
const clientAt = (declaration: Declaration, [section, key]: Reference["path"]) =>
  section === "agents" ? declaration.agents?.[String(key)] : declaration.applications?.[String(key)];

export const names: Check<Given> = {
  id: "names",
  title: "names",
  look: async ({ context, declared }) => {
    const { declaration } = declared;
    const lookUp = (reference: Reference, where: Where) =>
      LOOK_UPS[reference.sort]?.(context, declaration, reference, where);
    return { found: await resolved(declared, pingOneForeignNames(declaration), lookUp), fact: undefined };
  },
};
