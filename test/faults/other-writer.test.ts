/** Somebody else writes the document that the realm shares between each read and write of a whole run: nothing of theirs is lost. */

import { expect, onTestFinished, test } from "vitest";
import type { Dump } from "../support/dump.ts";
import { startCloud } from "./clouds.ts";
import { LocalStack } from "./local-stack.ts";

test("the OAuth2 provider of a realm of AIC", async () => {
  const cloud = await startCloud("dev");
  onTestFinished(() => cloud.tenant.stop());
  const before = await cloud.content();
  let lifetime = 1_000;
  /** The next write, and the one after it, meet a document of somebody else. */
  const between = () => {
    lifetime += 1;
    const otherWriter = { coreOAuth2Config: { accessTokenLifetime: lifetime } };
    return cloud.tenant.arm({ method: "PUT", pathPattern: "/oauth-oidc$", otherWriter, times: 2 });
  };
  const stack = new LocalStack();
  for (const run of [
    () => stack.up(cloud.connect(), cloud.plan),
    () => stack.up(cloud.connect(), cloud.changed),
    () => stack.destroy(cloud.connect()),
  ]) {
    await between();
    expect((await run()).errors).toEqual([]);
    const { coreOAuth2Config } = await provider(cloud.tenant);
    // A run that writes the document leaves what the other has written into it.
    if (lifetime !== 1_002) expect(coreOAuth2Config).toMatchObject({ accessTokenLifetime: lifetime });
  }
  await cloud.tenant.arm();
  const theirs = (key: string, value: unknown) => (key === "accessTokenLifetime" ? "theirs" : value);
  const masked = (content: unknown) => JSON.parse(JSON.stringify(content, theirs));
  expect(masked(await cloud.content())).toEqual(masked(before));
});

async function provider(tenant: { dump(): Promise<Dump> }) {
  const { "am/alpha/services": services = {} } = await tenant.dump();
  return services["oauth-oidc"] as Readonly<Record<string, unknown>>;
}
