/** What a local tenant's control plane does for PingOne: plays the user who signs on and who approves. */
import { Unprovable } from "../errors.ts";
import { isObject, type Observation } from "../http.ts";
import type { SandboxControl } from "../sandbox-control.ts";
import { type Approver, type Credentials, passwordOf } from "../world.ts";

type Person = { readonly userName: string };

/** The user who is asked, at the control plane in place of the phone. */
export function approverOf({ send }: SandboxControl, credentials: Credentials): Approver {
  return {
    async decide({ userName, message }, decision) {
      const password = await passwordOf({ credentials }, userName);
      const { body } = await send("GET", "pingone/approvals");
      const rows = Array.isArray(body.pending) ? body.pending.filter(isObject) : [];
      const pending = rows.find(({ binding_message }) => binding_message === message);
      if (!pending) throw new Unprovable(`the request "${message}" does not wait for an approval`);
      await send("POST", `pingone/approvals/${String(pending.id)}/${decision}`, { username: userName, password });
    },
  };
}

/** What a user gets who signs on to an application in a browser. */
export async function signOn(
  { send }: SandboxControl,
  credentials: Credentials,
  { userName, clientId, scopes }: Person & { readonly clientId: string; readonly scopes: readonly string[] },
): Promise<Observation> {
  const password = await passwordOf({ credentials }, userName);
  const body = { username: userName, password, client_id: clientId, scope: scopes.join(" ") };
  return send("POST", "pingone/sign-on", body);
}
