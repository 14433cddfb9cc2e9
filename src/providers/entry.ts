/**
 * What the constant `__provider` pointer loads in the SDK's provider process (decision 0001: `handler()` is synchronous, so
 * nothing below may await at load time). The name and signature of `provider` must never change: state and `destroy` of
 * every stack depend on them.
 */

import type { Config } from "../admin-api/settings.ts";
import { UnderWay, watchEngine } from "../engine/watch.ts";
import { PingAgentsError } from "../errors.ts";
import { aicKinds, newAicPlatform } from "./aic/platform.ts";
import { BINDING, bindingProvider } from "./binding.ts";
import type { AnyKind, Platform } from "./kind.ts";
import { type DynamicProvider, lifecycle } from "./lifecycle.ts";
import { newPingOnePlatform, pingOneKinds } from "./pingone/platform.ts";
import { ownMistake } from "./together.ts";
import { Told } from "./told.ts";

/** The part of `pulumi.dynamic.ConfigureRequest` that is used. */
type ConfigureRequest = { readonly config: { get(key: string): string | undefined } };

const writes = new UnderWay();
// The SDK's process is given the engine's address; whoever else loads this file has none to watch.
if (process.argv[1]?.includes("dynamic-provider")) {
  watchEngine(process.argv[2], () => writes.settled());
  // The engine's way to end a provider that has nothing to do any more. Node saves what it compiled only where a process exits.
  process.on("SIGINT", () => process.exit());
  const print = console.error;
  // What the SDK makes of a mistake that is told already.
  console.error = (...args: unknown[]) => (args.length === 1 && args[0] === ": " ? undefined : print(...args));
}

/**
 * The dynamic provider of a kind.
 *
 * @param type e.g. `aic:AiAgent`
 * @throws ERR_UNKNOWN_KIND for a type that this version does not have
 */
export const provider = providers();

/** The dynamic providers of one process, by type: all kinds share the settings of the stack and a connection to each platform. */
export function providers() {
  let stackConfig: Config = () => undefined;
  const told = new Told();
  const [aic, pingOne] = [newAicPlatform(), newPingOnePlatform()];

  return (type: string): DynamicProvider & { configure(request: ConfigureRequest): Promise<void> } => {
    const found =
      providerOf(type, "aic", aicKinds, () => aic(stackConfig)) ??
      providerOf(type, "pingone", pingOneKinds, () => pingOne(stackConfig));
    if (!found) {
      throw new PingAgentsError("ERR_UNKNOWN_KIND", `this version of ping-agents has no resource kind "${type}"`, {
        hint: "install the version that wrote the state",
      });
    }
    return {
      ...found,
      check: toldOnce(told, found.check),
      diff: toldOnce(told, found.diff),
      read: toldOnce(told, found.read),
      create: writes.follow(shortened(told, found.create)),
      update: writes.follow(shortened(told, found.update)),
      delete: toldOnce(told, writes.follow(found.delete)),
      // The SDK does not wait for this before the first call: it only takes note, and the network comes later.
      configure: async ({ config }) => {
        stackConfig = (key) => config.get(key);
      },
    };
  };
}

/** Of a mistake that all resources meet the operation says no more than that it met it, once the run has told it. */
function shortened<Args extends unknown[], Result>(
  told: Told,
  operation: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return (...args) =>
    operation(...args).catch((thrown: unknown) => {
      const error = ownMistake(thrown);
      told.shorten(error);
      throw error;
    });
}

/**
 * The SDK prints text and stack of what these operations throw, and the engine tells the text as well. Of an expected mistake
 * nothing is left to print.
 */
function toldOnce<Args extends unknown[], Result>(
  told: Told,
  operation: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const shortly = shortened(told, operation);
  return (...args) =>
    shortly(...args).catch((error: unknown) => {
      if (error instanceof PingAgentsError) Object.assign(error, { stack: "", toString: () => "" });
      throw error;
    });
}

/** The provider of a kind of one platform, which connects when the first operation needs it. */
function providerOf<Context>(
  type: string,
  platform: string,
  kinds: readonly AnyKind<Context>[],
  connect: () => Promise<Platform<Context>>,
): DynamicProvider | undefined {
  if (type === `${platform}:${BINDING}`) return bindingProvider(type, connect);
  const kind = kinds.find((candidate) => candidate.type === type);
  return kind && lifecycle(kind, connect);
}
