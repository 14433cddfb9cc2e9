/** What a user of a local tenant has consented to: a run consents in the user's name, and puts back how it was. */
import { isObject, type Json } from "../http.ts";
import type { SandboxControl } from "../sandbox-control.ts";
import type { ThrowAways } from "../throw-away.ts";

const FOLDER = "consents/";
const CALL = "pingone/consents";

/** A user by id, and where is noted what has to be put back. */
type Of = { readonly user: string; readonly note: ThrowAways["note"] };

export type Consents = {
  /** Called before anything is consented to. */
  remember(of: Of): Promise<void>;
  /** Makes it that the user has consented to nothing. */
  forget(of: Of): Promise<void>;
  /** @returns whether that was done; undefined for a path that is about no consents */
  putBack(path: string): Promise<boolean> | undefined;
};

export function createConsents({ send }: Pick<SandboxControl, "send">): Consents {
  const before = new Map<string, readonly Json[]>();
  const put = (user: string, consents: readonly Json[]) => send("POST", CALL, { user, consents });
  const remember: Consents["remember"] = async ({ user, note }) => {
    if (before.has(user)) return;
    const { body } = await send("GET", CALL);
    const all = Array.isArray(body.consents) ? body.consents.filter(isObject) : [];
    before.set(
      user,
      all.filter((one) => one.user === user).map(({ agreement, at }) => ({ agreement, at })),
    );
    note(FOLDER + user);
  };
  return {
    remember,
    async forget(of) {
      await remember(of);
      await put(of.user, []);
    },
    putBack(path) {
      const user = path.slice(FOLDER.length);
      if (!path.startsWith(FOLDER)) return undefined;
      return put(user, before.get(user) ?? []).then(() => true);
    },
  };
}
