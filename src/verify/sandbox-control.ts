/** A local tenant's control plane: plays the user who approves, and moves the clock so that nobody waits. */

import type { Clock } from "./clock.ts";
import { type Approver, type Credentials, passwordOf } from "./credentials.ts";
import { Unprovable, VerifyError } from "./errors.ts";
import { call, isObject, type Observation } from "./http.ts";
import type { Logins } from "./logins.ts";
import type { RunOptions } from "./options.ts";

export type SandboxControl = {
  readonly clock: Clock;
  /**
   * A call of the control plane.
   *
   * @param path below `/__sandbox/`
   * @throws {Unprovable} when it refuses what was asked for
   */
  send(method: "GET" | "POST", path: string, body?: unknown): Promise<Observation>;
  /** The user who is asked. @param requests path of what waits for an answer */
  approver(credentials: Credentials, logins: Logins, requests: string): Approver;
  /** Sets the clock right again. */
  release(): Promise<void>;
};

/**
 * The control plane of a local tenant; undefined for a real one, which has none.
 *
 * @throws {VerifyError} `ERR_VERIFY_CONTROL` when there is no control token, or it is not the tenant's
 */
export async function openControlFor(
  origin: string,
  { target, controlToken }: Pick<RunOptions, "target" | "controlToken">,
): Promise<SandboxControl | undefined> {
  if (target === "tenant") return undefined;
  if (controlToken) return openControl(origin, controlToken);
  throw new VerifyError("ERR_VERIFY_CONTROL", "no control token of the local tenant", {
    hint: "set PING_AGENTS_SANDBOX_CONTROL_TOKEN, or load the sandbox.env of its data folder",
  });
}

/**
 * @param origin of the local tenant
 * @param token its control token
 * @throws {VerifyError} `ERR_VERIFY_CONTROL` when this is no local tenant or the token is not its own
 */
async function openControl(origin: string, token: string): Promise<SandboxControl> {
  const send: SandboxControl["send"] = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await call(`${origin}/__sandbox/${path}`, init);
    // With an OAuth 2.0 error it is the token service that refuses, behind the control plane.
    if (answer.status === 403 || answer.error !== undefined)
      throw new Unprovable(`the control plane refuses ${path.split("/")[0]}: ${answer.description}`);
    if (answer.status >= 300) {
      throw new VerifyError(
        "ERR_VERIFY_CONTROL",
        `${origin} refuses the control call ${path.split("/")[0]} (${answer.status})`,
        { hint: "check PING_AGENTS_SANDBOX_CONTROL_TOKEN" },
      );
    }
    return answer;
  };
  const { body } = await send("GET", "clock");
  // What the tenant's clock is ahead of this machine's, in seconds.
  let ahead = Number(body.now) - Date.now() / 1000;
  const before = ahead;
  return {
    send,
    clock: {
      now: () => Math.floor(Date.now() / 1000 + ahead),
      async wait(seconds) {
        await send("POST", "clock", { advanceSeconds: seconds });
        ahead += seconds;
      },
    },
    approver: (credentials, logins, requests) => ({
      decidesAtOnce: true,
      async ready(userName) {
        await passwordOf({ credentials }, userName);
      },
      async decide({ userName, message }, decision) {
        const password = await passwordOf({ credentials }, userName);
        const { body } = await send("GET", requests);
        const rows = Array.isArray(body.pending) ? body.pending.filter(isObject) : [];
        const pending = rows.find(({ binding_message }) => binding_message === message);
        if (!pending) throw new Unprovable(`the request "${message}" does not wait for an approval`);
        const path = `${requests}/${String(pending.id)}/${decision}`;
        await logins.attempt(userName, () => send("POST", path, { username: userName, password }));
      },
    }),
    async release() {
      if (ahead !== before) await send("POST", "clock", { reset: true });
    },
  };
}
