/** Resources and components without stacks and outputs that nobody reads, of which the SDK makes many for each and keeps all. */

import * as pulumi from "@pulumi/pulumi";
import rpc from "@pulumi/pulumi/runtime/rpc.js";

/**
 * From now on errors have no stack: not the four that the SDK keeps for each property of a resource, given or not, which is most of what
 * a program of many resources takes, and not the one that it writes into the state, a kilobyte of paths on this machine for each.
 *
 * @returns ends that. Given what was thrown meanwhile, it answers that with a stack of its own
 */
function withoutStacks(): <Thrown>(thrown?: Thrown) => Thrown | undefined {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Object.assign(Error, { stackTraceLimit: 0, prepareStackTrace: () => "" });
  return (thrown) => {
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
    if (thrown instanceof Error) Error.captureStackTrace(thrown);
    return thrown;
  };
}

/**
 * From now on a resource has these properties alone; the engine is sent all of them. The SDK makes an output of each, of two dozen
 * promises, which is most of what a resource takes.
 *
 * @param keys undefined for all
 * @returns ends that
 */
function withOnly(keys: readonly string[] | undefined, type: string, name: string): () => void {
  if (!keys) return () => {};
  const { transferProperties } = rpc;
  rpc.transferProperties = (resource, label, props) => {
    const isIt = label === `resource:${name}[${type}]`;
    return transferProperties(resource, label, isIt ? Object.fromEntries(keys.map((key) => [key, props[key]])) : props);
  };
  return () => Object.assign(rpc, { transferProperties });
}

/** A custom resource whose making takes no stacks. */
export abstract class QuietResource extends pulumi.CustomResource {
  /** @param properties names of what the instance shall have. @default all of `props` */
  protected constructor(
    type: string,
    name: string,
    props: pulumi.Inputs,
    options?: pulumi.CustomResourceOptions,
    properties?: readonly string[],
  ) {
    const withStacks = withoutStacks();
    const withAll = withOnly(properties, type, name);
    try {
      super(type, name, props, options);
    } catch (error) {
      throw withStacks(error);
    } finally {
      withAll();
    }
    withStacks();
  }
}

/** Components that are made, and what is below them. */
const complete = new WeakSet<pulumi.Resource>();

/** Whether what is made below this resource is a part of one of our components: nobody else has it. */
export const isBeingMade = (parent: pulumi.Resource | undefined): boolean =>
  parent instanceof PingComponent && !complete.has(parent);

/** A component of this kit, whose making takes no stacks. */
export abstract class PingComponent extends pulumi.ComponentResource {
  /** @param type e.g. `ping-agents:aic:DeclaredAgent` */
  protected constructor(type: string, name: string, options: pulumi.ComponentResourceOptions = {}) {
    const withStacks = withoutStacks();
    try {
      super(type, name, {}, handedOn(options));
    } catch (error) {
      throw withStacks(error);
    }
    withStacks();
  }

  /** Ends the constructor: what somebody makes below the component later is no part of it. */
  protected override registerOutputs(outputs: pulumi.Inputs): void {
    complete.add(this);
    super.registerOutputs(outputs);
  }
}

/** Options of a component that the resources below it get as well: the SDK hands on the others, not `retainOnDelete`. */
function handedOn(options: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions {
  const { retainOnDelete } = options;
  if (retainOnDelete === undefined) return options;
  const handOn: pulumi.ResourceTransformation = ({ props, opts }) => ({ props, opts: { retainOnDelete, ...opts } });
  return pulumi.mergeOptions(options, { transformations: [handOn] });
}
