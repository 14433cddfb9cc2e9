/** Ping's clouds, one row each: who may do what on a tenant, and who is in its groups. */

import type { Access, Owned } from "./access/access.ts";
import { aicAccess } from "./access/aic/rows.ts";
import type { People } from "./access/people.ts";
import { pingOneAccess } from "./access/pingone/rows.ts";
import type { Row as AccessRow } from "./access/row.ts";
import { aicSettings } from "./admin-api/aic/settings.ts";
import { connectAic } from "./admin-api/aic/tenant.ts";
import type { CallOptions } from "./admin-api/http/transport.ts";
import { pingOneSettings } from "./admin-api/pingone/settings.ts";
import { connectPingOne } from "./admin-api/pingone/tenant.ts";
import type { AicDeclaration } from "./components/aic/declaration.ts";
import type { PingOneDeclaration } from "./components/pingone/declaration.ts";
import { declaredClients } from "./components/pingone/declared-clients.ts";
import { aicContexts } from "./providers/aic/context.ts";
import * as aic from "./providers/aic/live-access.ts";
import { pingOneContexts } from "./providers/pingone/context.ts";
import * as pingone from "./providers/pingone/live-access.ts";
import { declaredAddress, type Said } from "./tenants.ts";

type Declarations = { readonly aic: AicDeclaration; readonly pingone: PingOneDeclaration };

/** The tenant that a declaration is for, to be read. Makes no call. */
export type LiveTenant = {
  /**
   * Who may do what, whoever made it; agents and targets have the ids of the declaration.
   *
   * @param users whose groups are of interest, beside those whom the tenant names
   * @throws AdminApiError
   */
  access(users: readonly string[]): Promise<Access>;
  /**
   * Who is in the groups that rows name; on PingOne how many are (pingone §5.10).
   *
   * @param users as for `access`
   * @throws AdminApiError
   */
  people(rows: readonly AccessRow[], users: readonly string[]): Promise<People>;
};

type Rows = {
  readonly [Name in keyof Declarations]: (
    declaration: Declarations[Name],
    said: Said,
    options: CallOptions,
  ) => LiveTenant;
};

const rows: Rows = {
  aic({ realm }, said, options) {
    const { env, config } = said;
    const { coalesced } = aicContexts(connectAic(aicSettings(env, config, declaredAddress(said)), options));
    return {
      access: async (users) => {
        const { live, ...facts } = await aic.liveFacts(coalesced, realm, users);
        return { ...aicAccess(facts), live };
      },
      people: (all, users) =>
        aic.livePeople(coalesced, realm, { groups: named(all, "group"), users: [...users, ...named(all, "user")] }),
    };
  },
  pingone(declaration, { env, config }, options) {
    const { environment, resources = {}, applications, agents } = declaration;
    const { coalesced } = pingOneContexts(connectPingOne(pingOneSettings(env, config), options));
    const keys = { clients: keysByName({ ...applications, ...agents }), resources: keysByName(resources) };
    return {
      access: async () => ({
        ...pingOneAccess(await pingone.liveFacts(coalesced, environment, keys)),
        live: {
          disabledOwners: await pingone.disabledOf(coalesced, environment, declaredOwners(declaration)),
          isRegistrationOpen: false, // nothing of the sort is known on PingOne
        },
      }),
      people: (all) => pingone.livePeople(coalesced, environment, named(all, "group")),
    };
  },
};

const named = (all: readonly AccessRow[], is: "user" | "group") =>
  all.flatMap(({ subject }) => (subject.is === is ? [subject.name] : []));

/** Owners of agents and of what acts as one. No call is known that says whose they are on the tenant (pingone §5.7). */
const declaredOwners = (declaration: PingOneDeclaration): Owned[] =>
  declaredClients(declaration)
    .clients.filter(({ acts }) => acts)
    .flatMap(({ id, name, owners, path }) =>
      owners.map((owner, index) => ({ of: { id, name }, owner, path: [...path, "owners", index] })),
    );

const keysByName = (entries: Readonly<Record<string, { readonly name: string }>>) =>
  new Map(Object.entries(entries).map(([key, { name }]) => [name, key]));

/** @param options how long calls are waited for. @throws SettingError */
export function liveTenant<Name extends keyof Declarations>(
  declaration: Declarations[Name] & { readonly platform: Name },
  said: Said,
  options: CallOptions = {},
): LiveTenant {
  return rows[declaration.platform](declaration, said, options);
}
