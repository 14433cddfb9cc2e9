/** Ping's clouds, one row each: who may do what on a tenant, and who is in its groups. */

import type { Access } from "./access/access.ts";
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
   * Who is in the groups that rows name. On PingOne no call is known to say (pingone §5.7).
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
    const named = (all: readonly AccessRow[], is: "user" | "group") =>
      all.flatMap(({ subject }) => (subject.is === is ? [subject.name] : []));
    return {
      access: async (users) => aicAccess(await aic.liveFacts(coalesced, realm, users)),
      people: (all, users) =>
        aic.livePeople(coalesced, realm, { groups: named(all, "group"), users: [...users, ...named(all, "user")] }),
    };
  },
  pingone({ environment, resources = {}, applications, agents }, { env, config }, options) {
    const { coalesced } = pingOneContexts(connectPingOne(pingOneSettings(env, config), options));
    const keys = { clients: keysByName({ ...applications, ...agents }), resources: keysByName(resources) };
    return {
      access: async () => pingOneAccess(await pingone.liveFacts(coalesced, environment, keys)),
      people: async () => new Map(),
    };
  },
};

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
