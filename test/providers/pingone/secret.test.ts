/** The secret of a PingOne application: adopted with it, rotated by a word only, and handed out where that is asked for. */

import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { revealSecret } from "../../../src/providers/pulumi-values.ts";
import { startPingOne } from "../../support/pingone.ts";
import { apply } from "./operate.ts";

const tenant = await startPingOne();
afterAll(() => tenant.stop());
beforeEach(() => void vi.spyOn(console, "warn").mockReturnValue());

test.each([
  ["pingone:AiAgent", "AI_AGENT", "match"],
  ["pingone:AiAgent", "AI_AGENT", "overwrite"],
  ["pingone:Application", "SERVICE", "match"],
  ["pingone:Application", "SERVICE", "overwrite"],
])(
  "%s: the secret of one that is adopted (%s, %s) is rotated when its declaration changes, not before",
  async (kind, type, adopt) => {
    await tenant.reset();
    const { id } = await tenant.admin.applications.create({
      ...{ name: "console", type, protocol: "OPENID_CONNECT", enabled: true, grantTypes: ["CLIENT_CREDENTIALS"] },
      ...{ responseTypes: [], tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC", redirectUris: [] },
    });
    const current = async () => (await tenant.admin.secret(id))?.secret;
    const inUse = await current();
    expect(inUse).toEqual(expect.any(String));

    await apply(tenant, kind, {
      ...{
        name: "console",
        enabled: true,
        grantTypes: ["client_credentials"],
        authMethod: "client_secret_basic",
        adopt,
      },
      ...(kind === "pingone:Application" && { type: "service" }),
    });
    const secret = { application: "console", output: true, rotation: "1", adopt };
    const adopted = await apply(tenant, "pingone:Secret", secret);
    expect(await current()).toBe(inUse);
    expect(revealSecret(adopted.outs.secret)).toBe(inUse);

    const hidden = await adopted.update({ ...secret, output: false });
    expect(hidden.outs).not.toHaveProperty("secret", expect.anything());
    const shown = await hidden.update(secret);
    expect([await current(), revealSecret(shown.outs.secret)]).toEqual([inUse, inUse]);

    const rotated = await shown.update({ ...secret, rotation: "2" });
    expect(await current()).not.toBe(inUse);
    expect(revealSecret(rotated.outs.secret)).toBe(await current());
  },
);
