/** Resources and components without stacks, of which the SDK takes many for each and keeps all. */

import * as pulumi from "@pulumi/pulumi";

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

/** A custom resource whose making takes no stacks. */
export abstract class QuietResource extends pulumi.CustomResource {
  protected constructor(type: string, name: string, props: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    const withStacks = withoutStacks();
    try {
      super(type, name, props, options);
    } catch (error) {
      throw withStacks(error);
    }
    withStacks();
  }
}

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
}

/** Options of a component that the resources below it get as well: the SDK hands on the others, not `retainOnDelete`. */
function handedOn(options: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions {
  const { retainOnDelete } = options;
  if (retainOnDelete === undefined) return options;
  const handOn: pulumi.ResourceTransformation = ({ props, opts }) => ({ props, opts: { retainOnDelete, ...opts } });
  return pulumi.mergeOptions(options, { transformations: [handOn] });
}
