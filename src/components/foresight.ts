/** Tells in a preview what the `up` after it would fail on: names are looked up for what it creates or changes, and for that only. */

import * as pulumi from "@pulumi/pulumi";
import { AdminApiError } from "../admin-api/http/errors.ts";
import { PingAgentsError } from "../errors.ts";
import { type Properties, UNKNOWN } from "../providers/pulumi-values.ts";
import { placeOf } from "./place.ts";
import { programProvider } from "./program-provider.ts";
import { stackConfig } from "./stack-config.ts";

/** A resource, as a preview declares it. */
type Foreseen = {
  readonly resource: pulumi.CustomResource;
  /** e.g. `aic:AiAgent` */
  readonly type: string;
  /** What the program gives it. */
  readonly args: pulumi.Inputs;
  /** An output that every state has: where the preview does not know it, the resource is created or changed. */
  readonly trace: unknown;
};

/** The same with what the engine answered. */
type Answered = Foreseen & { readonly isNew: boolean; readonly isChanged: boolean };
/** And with what the program gives it, as far as the preview knows it. */
type Known = Answered & { readonly props: Properties };

/** The resources of a program that are not looked at yet. Programs of one process have a monitor each. */
const waiting = new WeakMap<object, Foreseen[]>();

/**
 * Takes note of a resource. Does nothing but in a preview, which fails by a rejection that nobody handles: so it does in every
 * program, and the engine tells it.
 */
export function foresee(foreseen: Foreseen): void {
  const monitor = pulumi.runtime.getMonitor();
  if (!pulumi.runtime.isDryRun() || !monitor) return;
  const others = waiting.get(monitor);
  if (others) {
    others.push(foreseen);
    return;
  }
  const all = [foreseen];
  waiting.set(monitor, all);
  // The program must not leave the engine before.
  const done = pulumi.runtime.rpcKeepAlive();
  void answeredAll(all)
    .then((answered) => {
      waiting.delete(monitor);
      return tell(answered);
    })
    .catch((error: unknown) => {
      throw error instanceof PingAgentsError ? withoutStack(error.message) : error;
    })
    .finally(done);
}

/** What ends the program with a message and no stack: the SDK would print one of a rejection that nobody handles. */
const withoutStack = (message: string) => Object.assign(new pulumi.RunError(message), { stack: "" });

/** What the engine answers of the resources, and of those that are declared meanwhile: so look-ups go out once, in batches. */
async function answeredAll(all: readonly Foreseen[]): Promise<Answered[]> {
  for (;;) {
    const count = all.length;
    const answers = (await Promise.all(all.map(answerOf))).flatMap((answer) => answer ?? []);
    if (all.length === count) return answers;
  }
}

/** Undefined for a resource that the preview leaves out, because it is not targeted or failed. */
async function answerOf(foreseen: Foreseen): Promise<Answered | undefined> {
  const answer = await values({ id: foreseen.resource.id, trace: foreseen.trace });
  return answer && { ...foreseen, isNew: answer.id === UNKNOWN, isChanged: answer.trace === UNKNOWN };
}

/** Undefined where one of them failed. */
const values = (of: pulumi.Inputs): Promise<Properties | undefined> =>
  pulumi.runtime.serializeProperties("", of).catch(() => undefined);

/** @throws RunError where an `up` would fail */
async function tell(all: readonly Answered[]): Promise<void> {
  if (!all.some(({ isChanged }) => isChanged)) return;
  const known = all.map(async (one): Promise<readonly Known[]> => {
    const props = await values(one.args);
    return props ? [{ ...one, props }] : [];
  });
  const answered = (await Promise.all(known)).flat();
  const providers = new Map(
    [...new Set(answered.map(({ type }) => type))].map((type) => [type, programProvider(type)]),
  );
  const of = ({ type }: Foreseen) => providers.get(type) ?? programProvider(type);
  for (const one of providers.values()) await one.configure({ config: { get: stackConfig } });
  try {
    for (const one of answered) await of(one).announce(one.props);
  } catch (error) {
    // Without an account nothing is looked up, and the preview has said so.
    if (error instanceof PingAgentsError && error.code === "ERR_SETTING_MISSING") return;
    throw error;
  }
  const changed = answered.filter(({ isChanged }) => isChanged);
  const found = changed.map(async (one) => ({ one, errors: await of(one).foresee(one.props, one.isNew) }));
  const unread = new Set<string>();
  let count = 0;
  for (const { one, errors } of await Promise.all(found)) {
    for (const error of errors) {
      if (error instanceof PingAgentsError && !(error instanceof AdminApiError)) {
        error.locate(placeOf(one.resource, error.where.field, one.props));
        await pulumi.log.error(error.message, one.resource);
        count += 1;
      } else unread.add(error instanceof Error ? error.message : String(error));
    }
  }
  for (const message of unread) await pulumi.log.warn(`not all names on the tenant were checked\n${message}`);
  const told = count === 1 ? "a mistake" : `${count} mistakes`;
  if (count > 0) throw withoutStack(`pulumi up would fail on ${told}`);
}
