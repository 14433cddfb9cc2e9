/** What a local tenant's control plane does for PingOne: a user who signs on without a browser. */

import { type Credentials, passwordOf } from "../credentials.ts";
import type { Observation } from "../http.ts";
import type { Logins } from "../logins.ts";
import type { SandboxControl } from "../sandbox-control.ts";

/** What a user gets who signs on to an application in a browser. */
export async function signOn(
  { send }: SandboxControl,
  { credentials, logins }: { readonly credentials: Credentials; readonly logins: Logins },
  {
    userName,
    clientId,
    scopes,
  }: { readonly userName: string; readonly clientId: string; readonly scopes: readonly string[] },
): Promise<Observation> {
  const password = await passwordOf({ credentials }, userName);
  const body = { username: userName, password, client_id: clientId, scope: scopes.join(" ") };
  const about = JSON.stringify([clientId, scopes]);
  return logins.once(userName, about, () => send("POST", "pingone/sign-on", body));
}
