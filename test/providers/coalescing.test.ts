/** A process connects to a platform once, when it is first needed. */

import { expect, test } from "vitest";
import { connectOnce } from "../../src/providers/coalescing.ts";

test("a platform is connected when it is first asked for, and stays; a mistake of the settings is told each time", async () => {
  const urls: string[] = [];
  const platform = connectOnce(
    (config) => {
      const origin = config("url");
      if (!origin) throw new Error("not set: url");
      urls.push(origin);
      return { origin };
    },
    (tenant) => ({ fresh: tenant, gathered: tenant, coalesced: tenant }),
    async () => "a-tenant",
  );
  await expect(platform(() => undefined)).rejects.toThrow("not set: url");
  await expect(platform(() => undefined)).rejects.toThrow("not set: url");
  await expect(platform((key) => (key === "url" ? "x" : "always"))).rejects.toThrow("ERR_SETTING_INVALID");
  const settings = (key: string) => ({ url: "https://a", "ping-agents:adopt": "match" })[key];
  const first = await platform(settings);
  expect(first).toMatchObject({ origin: "https://a", adopt: "match" });
  expect(await platform(() => "https://b")).toBe(first);
  expect(urls).toEqual(["https://a"]);
});
