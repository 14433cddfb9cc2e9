/** Who may manage applications. PingOne lists roles by their holder only (pingone §5.7): all holders are asked, where they are few. */
import { Busy, VerifyError } from "../errors.ts";
import { isObject, type Json } from "../http.ts";
import type { PingOneAdmin } from "./admin.ts";

/** Users, and groups, above which nobody is asked for roles: each of them is a call. */
const MOST_HOLDERS = 100;
/** What the declaration calls an owner. */
const OWNER_ROLE = "Application Owner";

export type Owners = {
  /** By application id: user name or `group NAME`, with the role where it is another than that of owners. */
  readonly byApplication: ReadonlyMap<string, readonly string[]>;
  /** What was not looked at, in words. */
  readonly unseen: readonly string[];
};

/** Reads the roles that people and groups hold on single applications. */
export async function readOwners(admin: PingOneAdmin): Promise<Owners> {
  const byApplication = new Map<string, string[]>();
  const unseen: string[] = [];
  const look = async (collection: "users" | "groups", label: (row: Json) => string) => {
    const roles = new Map((await admin.roles()).map(({ id, name }) => [id, String(name)]));
    const holders = await admin.few(collection, MOST_HOLDERS);
    if (!holders) unseen.push(`which of more than ${MOST_HOLDERS} ${collection} may manage an application`);
    for (const holder of holders ?? []) {
      for (const { role, scope } of await admin.rows(`${collection}/${holder.id}/roleAssignments`)) {
        if (!isObject(scope) || scope.type !== "APPLICATION") continue;
        const name = roles.get(isObject(role) ? role.id : undefined) ?? "(unknown role)";
        const owner = name === OWNER_ROLE ? label(holder) : `${label(holder)}/${name}`;
        byApplication.set(String(scope.id), [...(byApplication.get(String(scope.id)) ?? []), owner]);
      }
    }
  };
  const tryTo = async (collection: "users" | "groups", label: (row: Json) => string) => {
    try {
      await look(collection, label);
    } catch (error) {
      // A worker that may not read roles can verify all the rest.
      if (!(error instanceof VerifyError) || error instanceof Busy) throw error;
      unseen.push(`which ${collection} may manage an application: ${error.line}`);
    }
  };
  await tryTo("users", ({ username }) => String(username));
  await tryTo("groups", ({ name }) => `group ${name}`);
  return { byApplication, unseen };
}
