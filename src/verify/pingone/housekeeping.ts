/** Throw-away agents of an environment as they are taken away again, by name, and where those of earlier runs are found. */
import { foundAs } from "../leftovers.ts";
import type { Housekeeping } from "../verification.ts";
import type { PingOneAdmin } from "./admin.ts";
import type { Consents } from "./consents.ts";

const FOLDER = "applications/";

/** Where a throw-away agent is, as it is noted. */
export const pathOf = (name: string) => `${FOLDER}${name}`;

/** @param consents of the users of a local tenant */
export function housekeepingOf(admin: PingOneAdmin, consents?: Consents): Housekeeping {
  const named = async (wanted: string) => (await admin.rows("applications")).filter(({ name }) => name === wanted);
  return {
    async remove(path) {
      const isPutBack = consents?.putBack(path);
      if (isPutBack !== undefined) return isPutBack;
      const name = path.replace(FOLDER, "");
      for (const { id } of await named(name)) await admin.attempt("DELETE", `applications/${id}`);
      return (await named(name)).length === 0;
    },
    searches: [
      {
        what: "applications",
        async find() {
          const rows = await admin.rows("applications");
          return rows.flatMap(({ name, description }) =>
            foundAs(pathOf(String(name)), name, (run) => description === run),
          );
        },
      },
    ],
  };
}
