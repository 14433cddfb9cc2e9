/** Throw-away objects of a realm as they are taken away again, and where those of earlier runs are found. */
import { foundAs, type Search } from "../leftovers.ts";
import { PREFIX } from "../run-name.ts";
import type { Housekeeping } from "../verification.ts";
import type { Admin } from "./admin.ts";
import { mailOf } from "./rig.ts";
import { configPath, managedPath, section } from "./snapshot.ts";

/** @param realms those that the run may write to */
export function housekeepingOf(admin: Admin, realms: readonly string[]): Housekeeping {
  return {
    async remove(path) {
      const [, collection = "", id = ""] = /^(.+)\/([^/]+)$/.exec(path) ?? [];
      await admin.attempt("DELETE", path);
      // A list is an answer of the server itself; a 404 may be a gateway's.
      return (await admin.query(collection, `_id eq '${decodeURIComponent(id)}'`)).length === 0;
    },
    searches: realms.flatMap((realm) => searchesOf(admin, realm)),
  };
}

/** Privileges before agents, which they go with. */
function searchesOf(admin: Admin, realm: string): Search[] {
  const managed = (type: string, name: string, mark: string, marked = (run: string, _: string) => run): Search => ({
    what: `${type} of ${realm}`,
    async find() {
      const path = managedPath(realm, type);
      const rows = await admin.query(path, `${name} sw "${PREFIX}"`, ["_id", name, mark]);
      return rows.flatMap((row) =>
        foundAs(`${path}/${row._id}`, row[name], (run) => row[mark] === marked(run, String(row[name]))),
      );
    },
  });
  const clients = (type: string): Search => ({
    what: `${type} of ${realm}`,
    async find() {
      const path = `${configPath(realm)}/agents/${type}`;
      // Other filters than this and by id are not known to work (aic §1.3).
      const rows = await admin.query(path, "true");
      return rows.flatMap((row) =>
        foundAs(
          `${path}/${row._id}`,
          row._id,
          (run) => section(row, "advancedOAuth2ClientConfig").softwareIdentity === run,
        ),
      );
    },
  });
  return [
    managed("aiagentprivilege", "description", "description"),
    clients("AIAgent"),
    managed("application", "name", "description"),
    clients("OAuth2Client"),
    managed("user", "userName", "mail", (_, userName) => mailOf(userName)),
  ];
}
