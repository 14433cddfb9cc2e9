/**
 * A provider process for one operation, so that a test can kill it: reads `{type, method, args}`, prints the result. The tenant is
 * taken to be that of the tests' owner, so that it makes the calls that are counted in the test's own process.
 */

import { text } from "node:stream/consumers";
import { aicKinds, newAicPlatform } from "../../src/providers/aic/platform.ts";
import type { AnyKind, Platform } from "../../src/providers/kind.ts";
import { type DynamicProvider, lifecycle } from "../../src/providers/lifecycle.ts";
import { newPingOnePlatform, pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { OWNER } from "../support/properties.ts";

type Operation = { type: string; method: "check" | "create" | "update" | "delete"; args: never };

function providerOf<Context>(
  type: string,
  kinds: readonly AnyKind<Context>[],
  connect: () => Promise<Platform<Context>>,
): DynamicProvider | undefined {
  const kind = kinds.find((candidate) => candidate.type === type);
  return kind && lifecycle(kind, async () => Object.assign(await connect(), { identity: async () => OWNER.tenant }));
}

const { type, method, args } = JSON.parse(await text(process.stdin)) as Operation;
const provider =
  providerOf(type, aicKinds, () => newAicPlatform()(() => undefined)) ??
  providerOf(type, pingOneKinds, () => newPingOnePlatform()(() => undefined));
const operation = provider?.[method] as (...args: unknown[]) => Promise<unknown>;
process.stdout.write(JSON.stringify((await operation(...(args as unknown[]))) ?? null));
