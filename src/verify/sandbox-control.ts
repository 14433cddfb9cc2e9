/** A local tenant's control plane: plays the user who approves, and moves the clock so that nobody waits. */
import type { Clock } from "./clock.ts";
import { Unprovable, VerifyError } from "./errors.ts";
import { call, isObject, type Observation } from "./http.ts";
import { type Approver, type Credentials, passwordOf } from "./world.ts";

export type SandboxControl = {
  readonly clock: Clock;
  approver(credentials: Credentials): Approver;
  /** Sets the clock right again. */
  release(): Promise<void>;
};

/**
 * @param origin of the local tenant
 * @param token its control token
 * @throws {VerifyError} `ERR_VERIFY_CONTROL` when this is no local tenant or the token is not its own
 */
export async function openControl(origin: string, token: string): Promise<SandboxControl> {
  const send = async (method: string, path: string, body?: unknown): Promise<Observation> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await call(`${origin}/__sandbox/${path}`, init);
    if (answer.status === 403)
      throw new Unprovable(`the control plane refuses ${path.split("/")[0]}: ${answer.description}`);
    if (answer.status >= 300) {
      throw new VerifyError(
        "ERR_VERIFY_CONTROL",
        `${origin} refuses the control call ${path.split("/")[0]} (${answer.status}); check PING_AGENTS_SANDBOX_CONTROL_TOKEN`,
      );
    }
    return answer;
  };
  const { body } = await send("GET", "clock");
  // What the tenant's clock is ahead of this machine's, in seconds.
  let ahead = Number(body.now) - Date.now() / 1000;
  const before = ahead;
  return {
    clock: {
      now: () => Math.floor(Date.now() / 1000 + ahead),
      async wait(seconds) {
        await send("POST", "clock", { advanceSeconds: seconds });
        ahead += seconds;
      },
    },
    approver: (credentials) => ({
      async decide({ userName, message }, decision) {
        const password = await passwordOf({ credentials }, userName);
        const { body } = await send("GET", "ciba");
        const rows = Array.isArray(body.pending) ? body.pending.filter(isObject) : [];
        const pending = rows.find(({ binding_message }) => binding_message === message);
        if (!pending) throw new Unprovable(`the request "${message}" does not wait for an approval`);
        await send("POST", `ciba/${String(pending.id)}/${decision}`, { username: userName, password });
      },
    }),
    async release() {
      if (ahead !== before) await send("POST", "clock", { reset: true });
    },
  };
}
