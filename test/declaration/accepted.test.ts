/**
 * One judgement in two places: what the declaration's schema accepts, the check of every resource accepts; and what a check
 * refuses, the schema has refused before, with file, line and column.
 */

import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { z } from "zod";
import { declareAic } from "../../src/components/aic/stack.ts";
import { declarePingOne } from "../../src/components/pingone/stack.ts";
import type { StackOutputs } from "../../src/components/stack-outputs.ts";
import { ruled } from "../../src/declaration/rules/rule.ts";
import { type PlatformName, platforms } from "../../src/platforms.ts";
import { provider } from "../../src/providers/entry.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";
import { aicDeclarations, pingOneDeclarations, SECRET } from "./arbitrary.ts";
import { mutationOf } from "./mutation.ts";

// The SDK makes a stack for each resource, and the source maps of its frames take a third of the time (infra/index.js).
const { prepareStackTrace } = Error;
beforeEach(() => {
  vi.stubEnv(SECRET, "Passw0rd!");
  vi.spyOn(pulumi.log, "warn").mockResolvedValue(undefined); // what is declared at random is full of advice
  Object.assign(Error, { prepareStackTrace: undefined });
});
afterEach(() => {
  vi.unstubAllEnvs();
  Object.assign(Error, { prepareStackTrace });
});

const DYNAMIC = "pulumi-nodejs:dynamic/";
/** What the tenant makes, as far as other resources need it. */
const made = {
  ...{ applicationId: "2d7c7d5c-5d0c-4b9f-8a54-3a4e6a1f0b11", resourceId: "7c0f2f0e-3a35-4a3c-9b0d-6a2f4bb0c0de" },
  ...{ stackId: "k3v9x0q1w2e4", tenant: "a-tenant" },
  ...{ identityId: "0b1f6f2a-8b1e-4f0e-9f2e-1c2d3e4f5a6b", clientId: "9e107d9d-372b-4b3f-8c6e-0f1e2d3c4b5a" },
  ...{ secret: "secret", privateKey: "{}", jwks: { keys: [{ kty: "EC", kid: "key" }] }, acr: {}, grantTypes: [] },
};

/** The promises of an output, which the SDK keeps to itself. */
type Promises = Record<"isKnown" | "isSecret", Promise<unknown>> &
  Record<"promise" | "allResources", () => Promise<unknown>>;

/** Lets outputs fail: what a refused declaration would give out is nobody's. */
const unread = (outputs: StackOutputs) => {
  for (const output of Object.values(outputs)) {
    const { isKnown, isSecret, ...rest } = output as unknown as Promises;
    for (const one of [isKnown, isSecret, rest.promise(), rest.allResources()]) one.catch(() => undefined);
  }
};

/** What the checks of all resources find wrong, as the engine would run them. */
async function failuresOf(declare: () => StackOutputs): Promise<string[]> {
  const failures: string[] = [];
  const newResource = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    if (!type.startsWith(DYNAMIC)) return { id: name, state: inputs };
    const kind = type.slice(DYNAMIC.length);
    const plain = Object.entries(inputs as Properties).map(([key, value]) => [key, revealSecret(value)]);
    const checked = await provider(kind).check(undefined, Object.fromEntries(plain));
    failures.push(...checked.failures.map(({ reason }) => `${kind} ${name}: ${reason}`));
    return { id: name, state: { ...made, ...inputs } };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "ping-agents", "test");
  try {
    unread(declare());
  } catch (error) {
    failures.push(String(error)); // refused before there is a resource to check
  }
  await pulumi.runtime.disconnect(); // when every resource is made
  return failures;
}

/** Milliseconds: every run registers a whole program. */
const PATIENCE = 60_000;

/** One row a cloud, with the type of its declarations left to the row. */
type Cloud = {
  readonly name: PlatformName;
  readonly written: fc.Arbitrary<unknown>;
  /** What the schema says: the mistakes, or the declaration as the components take it; and what rules over the whole say. */
  readonly judge: (written: unknown) => Record<"mistakes" | "ruled", readonly string[]> & { readonly read: unknown };
  /** What the checks say of a declaration that may be wrong. */
  readonly check: (read: unknown) => Promise<string[]>;
};

function cloud<Name extends PlatformName>(
  name: Name,
  written: fc.Arbitrary<unknown>,
  declare: (declaration: z.infer<(typeof platforms)[Name]["schema"]>) => StackOutputs,
): Cloud {
  const { schema, rules } = platforms[name];
  return {
    ...{ name, written },
    judge: (value) => {
      const { data, error } = schema.safeParse(value);
      return {
        ruled: (ruled(...rules).safeParse(value).error?.issues ?? []).map(({ message }) => message),
        mistakes: (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`),
        read: data,
      };
    },
    check: (read) => failuresOf(() => declare(read as Parameters<typeof declare>[0])),
  };
}

const clouds = [cloud("aic", aicDeclarations, declareAic), cloud("pingone", pingOneDeclarations, declarePingOne)];

test.for(clouds)(
  "what the declaration of $name accepts, every check accepts",
  { timeout: PATIENCE },
  async ({ written, judge, check }) => {
    const property = fc.asyncProperty(written, async (value) => {
      const { mistakes, read } = judge(value);
      expect(mistakes).toEqual([]);
      expect(await check(read)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 20, endOnFailure: true });
  },
);

/** What the declaration alone can judge, or judges more strictly, since no resource takes the value as it is written. */
const OWN_RULES = [
  /: no grant type /, // short names and URNs; a resource takes any word, since tenants learn new ones
  /^(tier|applications\.[^.]+\.type): /, // closed lists
  /^(realm|tenant|environment|undeclaredAccess): /, // of all resources: where none that lives there is declared, nobody takes it
  /\.ciba\.keys/, // the name of a key is its thumbprint
  /\.tools\./, // for the agent's code
  /\.protect: /, // the engine takes it as an option, not as an input
  /\.(keys\..+|authentication\.secretLabel): /, // CIBA keys or the label of an ESV may stand in its place
  // Whom an agent acts for, and what its pattern needs: no resource knows the pattern.
  /: (CIBA needs the scope|an approved agent signs|an autonomous agent|say for whom|tokens of .* already)/,
  / has this (name|user name|group name|audience|id) already$/, // a resource knows no other
  /: a second entry for /, // names of resources in the stack
  /^(resources|applications|agents)\.[^.]*: Invalid key/, // the same
];

test.for(clouds)(
  "a leaf out of range is refused in $name by both or by none",
  { timeout: PATIENCE },
  async ({ written, judge, check }) => {
    const verdicts = new Set<boolean>();
    const mutation = written.chain((value) => fc.tuple(fc.constant(value), mutationOf(value)));
    const property = fc.asyncProperty(mutation, async ([value, mutate]) => {
      const { mistakes, ruled, read } = judge(mutate(value));
      const failures = await check(read ?? mutate(judge(value).read));
      verdicts.add(mistakes.length === 0);
      // A check may know by the same words what a rule over the whole has refused.
      if (mistakes.length === 0)
        expect(failures.filter((one) => !ruled.some((rule) => one.endsWith(rule)))).toEqual([]);
      else if (failures.length === 0)
        expect(mistakes.filter((one) => !OWN_RULES.some((rule) => rule.test(one)))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 50, endOnFailure: true });
    expect(verdicts.size).toBe(2); // else the mutations are too tame, or too wild
  },
);
