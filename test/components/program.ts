/** A declaration under Pulumi's mocks: what would be registered, without an engine. */

import * as pulumi from "@pulumi/pulumi";
import { vi } from "vitest";
import { BINDING } from "../../src/providers/binding.ts";

/** A resource as the program registers it. */
export type Registered = {
  /** `type name`, after those of its parents: `type name / type name`. Without the prefixes that all have. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
  /** Where in the declaration it says that it is written. */
  readonly entry: string | undefined;
  /** Without `__provider` and `__owner`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  /** `type name` of what must be there first: it stands in the state, too. */
  readonly dependsOn: readonly string[];
  /** Whether the engine refuses to delete it. */
  readonly protected: boolean;
  /** Whether the engine leaves it in the tenant when it deletes it. */
  readonly retained: boolean;
};

/** The request of the resource monitor, as far as it is looked at. */
type Request = {
  getParent(): string;
  getType(): string;
  getName(): string;
  getAdditionalsecretoutputsList(): string[];
  getDependenciesList(): string[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
};

/** What stands for a resource's outputs that only the tenant knows. */
const made = (name: string) => ({
  ...{ identityId: `identity of ${name}`, applicationId: `application of ${name}`, secret: `secret of ${name}` },
  ...{ clientId: `client id of ${name}`, resourceId: `resource of ${name}`, scriptId: `script of ${name}` },
  ...{ stackId: "k3v9x0q1w2e4", tenant: "a-tenant", grantTypes: [], acr: {} },
  ...{ privateKey: `private key of ${name}`, jwks: { keys: [{ kty: "EC", kid: `key of ${name}` }] } },
});

/**
 * Notes what is asked of the mocks' resource monitor.
 *
 * @param note is given each request when it has been answered
 */
export function watchRequests<Request>(note: (request: Request) => void): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: Request, done: unknown): unknown;
  };
  const original = monitor.registerResource.bind(monitor);
  vi.spyOn(monitor, "registerResource").mockImplementation(async (request, done) => {
    await original(request, done);
    note(request);
  });
}

/**
 * Declares a stack.
 *
 * @param declare answers the stack's outputs
 * @param config of the stack, by full key
 */
export async function register<Stack extends object>(
  declare: () => Stack,
  config: Readonly<Record<string, string>> = {},
): Promise<{ resources: Registered[]; stack: Stack }> {
  const registered: Made[] = [];
  pulumi.runtime.setAllConfig({ ...config });
  const inputsOf = new Map<string, Record<string, unknown>>();
  const entryOf = new Map<string, string | undefined>();
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        const { __provider: _provider, __owner: owner, ...rest } = inputs;
        entryOf.set(`${type} ${name}`, owner?.place?.entry);
        inputsOf.set(`${type} ${name}`, rest);
        return { id: name, state: { ...(type.startsWith("pulumi-nodejs:") && made(name)), ...inputs } };
      },
      call: ({ inputs }) => inputs,
    },
    "ping-agents",
    "test",
  );
  watchRequests<Request>((request) => {
    const label = `${request.getType()} ${request.getName()}`;
    registered.push({ request, inputs: inputsOf.get(label) ?? {}, entry: entryOf.get(label) });
  });
  const stack = declare();
  // Where tokens are asked for is unknown without a tenant, and no more is waited for.
  await Promise.all(Object.values(stack).map(async (output) => (await output.isKnown) && settled(output)));
  await pulumi.runtime.disconnect();
  pulumi.runtime.setAllConfig({}); // other tests share the process
  const resources = registered.filter(({ request }) => !isBinding(request.getType())).map(describe);
  return { stack, resources: resources.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

type Made = { readonly request: Request; readonly inputs: Record<string, unknown>; readonly entry: string | undefined };

function describe({ request, inputs, entry }: Made): Registered {
  const [type, name] = [shortOf(request.getType()), request.getName()];
  const parent = request.getParent();
  const path = [...(parent ? [labelOf(parent)] : []), `${type} ${name}`].join(" / ");
  const dependsOn = request
    .getDependenciesList()
    .map(labelOf)
    .filter((label) => !isBinding(label))
    .sort();
  const secretOutputs = request.getAdditionalsecretoutputsList();
  const options = { protected: request.getProtect(), retained: request.getRetainondelete() };
  return { path, type, name, entry, inputs, secretOutputs, dependsOn, ...options };
}

/** The binding to the tenant, on which everything depends. */
const isBinding = (label: string) => label.includes(BINDING);

/** `type name` of a URN, `urn:pulumi:stack::project::type$type::name`. */
function labelOf(urn: string): string {
  const [, , types, name] = urn.split("::");
  return `${shortOf(types?.split("$").at(-1) ?? "")} ${name}`;
}

const shortOf = (type: string) => type.replace(/^(pulumi-nodejs:dynamic\/|ping-agents:)/, "");

/** The value of an output, once it is known. */
export const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => output.apply((value) => void resolve(value as T)));
