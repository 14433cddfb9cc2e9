/** What holds everything together: whatever a kind accepts comes back unchanged, so a refresh never shows false drift. */

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import type { Properties } from "../../src/providers/pulumi-values.ts";
import { startAic } from "../support/aic.ts";
import { arbitraryOf, type Choices } from "../support/arbitrary.ts";
import { type Declared, type KindTenant, made } from "../support/kinds.ts";
import { startPingOne } from "../support/pingone.ts";
import { plain, sent } from "../support/properties.ts";
import * as aic from "./aic/choices.ts";
import * as pingOne from "./pingone/choices.ts";

type Cloud = {
  readonly cloud: string;
  readonly kinds: typeof aicKinds | typeof pingOneKinds;
  readonly start: () => Promise<KindTenant>;
  readonly choices: Readonly<Record<string, Choices>>;
  /** What must be there before. */
  readonly needs: readonly Declared[];
  /** What only the cloud can judge of inputs that `check` takes. @default all are possible */
  readonly isPossible?: (type: string, inputs: Properties) => boolean;
};

const clouds: readonly Cloud[] = [
  { cloud: "AIC", kinds: aicKinds, start: startAic, choices: aic.choices, needs: aic.needs },
  {
    cloud: "PingOne",
    kinds: pingOneKinds,
    start: startPingOne,
    choices: pingOne.choices,
    needs: pingOne.needs,
    isPossible: pingOne.isPossible,
  },
];

describe.each(clouds)("read(create(x)).inputs equals check(x) on $cloud", (cloud) => {
  const { kinds, start, choices, needs, isPossible = () => true } = cloud;
  let tenant: KindTenant;
  beforeAll(async () => {
    vi.spyOn(console, "warn").mockReturnValue(); // a restart that is due is said at every write
    tenant = await start();
    for (const need of needs) await made(tenant, need);
  });
  afterAll(() => tenant.stop());

  test.each(kinds.map(({ type, inputs }) => [type, inputs] as const))("%s", async (type, schema) => {
    const arbitrary = arbitraryOf(schema, { ...choices["*"], ...choices[type] }) as fc.Arbitrary<Properties>;
    let accepted = 0;
    const property = fc.asyncProperty(arbitrary, async (inputs) => {
      const wanted = await tenant.provider(type).check(undefined, sent(inputs));
      fc.pre(wanted.failures.length === 0 && isPossible(type, inputs));
      expect((await tenant.provider(type).check(undefined, sent(wanted.inputs))).inputs).toEqual(wanted.inputs);
      const { id, outs } = await tenant.provider(type).create(sent(wanted.inputs));
      try {
        const { inputs: seen } = await tenant.provider(type).read(id, sent(outs));
        expect(plain(seen)).toEqual(plain(wanted.inputs));
        accepted += 1;
      } finally {
        await tenant.provider(type).delete(id, sent(outs));
      }
    });
    await fc.assert(property, { numRuns: 25 });
    expect(accepted).toBeGreaterThan(0);
  });
});
