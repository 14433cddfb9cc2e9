/** Whoever adds a kind and forgets one of its places is told which one (docs/adding-a-kind.md). */

import { describe, expect, test } from "vitest";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";
import { sources } from "../support/sources.ts";
import { environmentSamples } from "./aic/environment-samples.ts";
import { oauthSamples } from "./aic/oauth-samples.ts";
import { samples } from "./pingone/samples.ts";

const typesOf = (list: readonly { readonly type: string }[]) => list.map(({ type }) => type);

const wings = [
  {
    wing: "aic",
    kinds: aicKinds,
    sampled: typesOf([...oauthSamples, ...environmentSamples]),
  },
  { wing: "pingone", kinds: pingOneKinds, sampled: typesOf(samples) },
];

describe.each(wings)("the kinds in src/providers/$wing", ({ wing, kinds, sampled }) => {
  /** The types that the files of the wing name. */
  const types = sources([`src/providers/${wing}`], [".ts"]).flatMap(({ text }) =>
    [...text.matchAll(new RegExp(`"(${wing}:[A-Z]\\w*)"`, "g"))].map(([, type = ""]) => type),
  );

  test.each([...new Set(types)])("%s has all its places", (type) => {
    const places = {
      [`a line in src/providers/${wing}/platform.ts`]: kinds.some((kind) => kind.type === type),
      "a description of its inputs, which is what editors and docs/resources.md say of its class": !kinds.some(
        (kind) => kind.type === type && !kind.inputs.description,
      ),
      [`a sample in test/providers/${wing}`]: sampled.includes(type),
    };
    const missing = Object.keys(places).filter((place) => !places[place]);
    expect(missing, `${type} lacks ${missing.join(" and ")}`).toEqual([]);
  });

  test("are all that are served", () => {
    expect(typesOf(kinds).filter((type) => !types.includes(type))).toEqual([]);
  });
});
