/** Whoever adds a kind and forgets one of its places is told which one (docs/adding-a-kind.md). */

import { describe, expect, test } from "vitest";
import * as aicClasses from "../../src/components/aic/resources.ts";
import * as pingOneClasses from "../../src/components/pingone/resources.ts";
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
    served: typesOf(aicKinds),
    classes: Object.keys(aicClasses),
    sampled: typesOf([...oauthSamples, ...environmentSamples]),
  },
  { wing: "pingone", served: typesOf(pingOneKinds), classes: Object.keys(pingOneClasses), sampled: typesOf(samples) },
];

describe.each(wings)("the kinds in src/providers/$wing", ({ wing, served, classes, sampled }) => {
  /** The types that the files of the wing name. */
  const types = sources([`src/providers/${wing}`], [".ts"]).flatMap(({ text }) =>
    [...text.matchAll(new RegExp(`"(${wing}:[A-Z]\\w*)"`, "g"))].map(([, type = ""]) => type),
  );

  test.each([...new Set(types)])("%s has all its places", (type) => {
    const places = {
      [`a line in src/providers/${wing}/platform.ts`]: served.includes(type),
      [`a class in src/components/${wing}/resources.ts`]: classes.includes(type.slice(wing.length + 1)),
      [`a sample in test/providers/${wing}`]: sampled.includes(type),
    };
    const missing = Object.keys(places).filter((place) => !places[place]);
    expect(missing, `${type} lacks ${missing.join(" and ")}`).toEqual([]);
  });

  test("are all that are served", () => {
    expect(served.filter((type) => !types.includes(type))).toEqual([]);
  });
});
