/** The next run goes on where a killed one stopped, whichever call of a create, an update or a delete was its last. */

import { expect } from "vitest";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { comparable, type Dump } from "./dump.ts";
import { checked, type KindTenant } from "./kinds.ts";
import { sent } from "./properties.ts";
import { type StrikingProxy, startProxy } from "./proxy.ts";

/** How many calls each operation of a sample makes, the login among them. */
export type Calls = { readonly create: number; readonly update: number; readonly delete: number };

/** A kind by example: what is declared first, and the update. */
export type CrashSample = {
  readonly type: string;
  readonly inputs: Properties;
  readonly changed: Properties;
  readonly calls: Calls;
};

/** One call of a provider by the engine. */
export type Operation =
  | { readonly method: "create"; readonly args: readonly [inputs: Properties] }
  | { readonly method: "update"; readonly args: readonly [id: string, olds: Properties, news: Properties] }
  | { readonly method: "delete"; readonly args: readonly [id: string, props: Properties] };

/** Runs an operation through a proxy, which calls `die` when a chosen call was answered: the run must not go on from there. */
export type Victim = (
  tenant: KindTenant,
  type: string,
  operation: Operation,
  proxy: StrikingProxy,
) => {
  readonly ended: Promise<unknown>;
  readonly die: () => void;
};

/** A provider in this process: its connection is cut for good, so that it never hears another word. */
const cutOff: Victim = (tenant, type, operation, proxy) => ({
  ended: run(tenant, type, operation, proxy.url).catch(() => undefined),
  die: () => void proxy.stop(),
});

function run(tenant: KindTenant, type: string, { method, args }: Operation, url?: string): Promise<unknown> {
  const operation = tenant.provider(type, url)[method] as (...args: readonly unknown[]) => Promise<unknown>;
  return operation(...args);
}

/**
 * Kills a run after every single call; each time the next run must come to the same end as one that nobody disturbed.
 *
 * @param before what the tenant holds without the object
 * @returns the number of crash points
 */
export async function crashEverywhere(
  tenant: KindTenant,
  { type, inputs, changed, calls }: CrashSample,
  before: unknown,
  victim: Victim = cutOff,
): Promise<number> {
  const provider = () => tenant.provider(type);
  const wanted = await checked(tenant, { type, inputs });
  const other = await checked(tenant, { type, inputs: changed });
  const held = async () => comparable((await tenant.dump()) as Dump);
  const gone = async () => expect(await held()).toEqual(comparable(before as Dump));

  const measured = async (operation: Operation) => {
    const proxy = await startProxy(tenant.url);
    const result = await run(tenant, type, operation, proxy.url);
    await proxy.stop();
    return { calls: proxy.count, result: result as { id: string; outs: Properties } };
  };
  const creation = await measured({ method: "create", args: [wanted] });
  const { id, outs } = creation.result;
  const created = await held();
  const change = { method: "update", args: [id, sent(outs), other] } as const;
  const update = await measured(change);
  const updated = await held();
  const { outs: again } = await provider().update(...change.args);
  expect(await held(), "updated twice").toEqual(updated);
  await provider().delete(id, sent(again));
  await gone();
  const anew = await provider().create(wanted);
  const deletion = await measured({ method: "delete", args: [anew.id, sent(anew.outs)] });
  await gone();
  expect({ create: creation.calls, update: update.calls, delete: deletion.calls }).toEqual(calls);

  const killed = async (operation: Operation, call: number) => {
    const proxy = await startProxy(tenant.url);
    const { ended, die } = victim(tenant, type, operation, proxy);
    let struck = false;
    proxy.strike(call, () => {
      struck = true;
      die();
    });
    await ended;
    await proxy.stop();
    expect(struck, `${operation.method} makes call ${call}`).toBe(true);
  };
  for (let call = 1; call <= calls.create; call += 1) {
    await killed({ method: "create", args: [wanted] }, call);
    const next = await provider().create(wanted);
    expect(await held(), `create, killed after call ${call}`).toEqual(created);
    await provider().delete(next.id, sent(next.outs));
    await gone();
  }
  for (let call = 1; call <= calls.update; call += 1) {
    const start = await provider().create(wanted);
    const args = [start.id, sent(start.outs), other] as const;
    await killed({ method: "update", args }, call);
    const next = await provider().update(...args);
    expect(await held(), `update, killed after call ${call}`).toEqual(updated);
    await provider().delete(start.id, sent(next.outs));
    await gone();
  }
  for (let call = 1; call <= calls.delete; call += 1) {
    const start = await provider().create(wanted);
    const args = [start.id, sent(start.outs)] as const;
    await killed({ method: "delete", args }, call);
    await provider().delete(...args);
    await gone();
  }
  return calls.create + calls.update + calls.delete;
}
