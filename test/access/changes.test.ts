/** What eight changes of a declaration gain and lose, agent by agent, on both clouds. */

import { describe, expect, test } from "vitest";
import { difference } from "../../src/access/difference.ts";
import { CHANGES, changedText } from "./changes.ts";
import { accessOf, sentences } from "./support.ts";

type Expected = readonly { readonly agent: string; readonly verdict: string; gained: string[]; lost: string[] }[];

function changesOf(cloud: keyof typeof CHANGES, what: string): Expected {
  const { base, changes } = CHANGES[cloud];
  const change = changes.find((one) => one.what === what);
  if (!change) throw new Error(`no change "${what}"`);
  const [before, after] = [accessOf(base), accessOf(changedText(base, change))];
  return difference(before.rows, after.rows, after.people)
    .filter(({ verdict }) => verdict !== "unchanged")
    .map(({ agent, verdict, gained, lost }) => ({
      ...{ agent: agent.name, verdict },
      gained: sentences(gained, "now"),
      lost: sentences(lost, "no longer"),
    }));
}

describe("aic", () => {
  const [barbara, customers, staff] = ["*barbara.jensen*", "anyone in *customers*", "anyone in *staff*"];
  const now = (what: string, who: string) => `Assistant may now ${what} for ${who}, by exchange`;
  const gone = (what: string, who: string) => `Assistant may no longer ${what} for ${who}, by exchange`;
  test.each<[string, Expected]>([
    [
      "scope added",
      [
        {
          ...{ agent: "Assistant", verdict: "more", lost: [] },
          gained: [barbara, customers, staff].map((who) => now("*write* on Shop", who)),
        },
      ],
    ],
    ["group removed", [{ agent: "Assistant", verdict: "less", gained: [], lost: [gone("*read* on Shop", customers)] }]],
    [
      "to all scopes",
      [
        {
          ...{ agent: "Assistant", verdict: "more", lost: [] },
          gained: [barbara, customers, staff].map((who) => now("*admin*, *openid* and *write* on Shop", who)),
        },
      ],
    ],
    [
      "agent moved to another application",
      [
        {
          ...{ agent: "Assistant", verdict: "incomparable" },
          gained: [barbara, customers, staff].map((who) => now("*read* on Service Desk", who)),
          lost: [barbara, customers, staff].map((who) => gone("*read* on Shop", who)),
        },
      ],
    ],
    [
      "agent added",
      [
        {
          ...{ agent: "Newcomer", verdict: "more", lost: [] },
          gained: ["Newcomer may now *read* on Service Desk for itself, by exchange"],
        },
      ],
    ],
    [
      "agent removed",
      [
        {
          ...{ agent: "Watcher", verdict: "less", gained: [] },
          lost: ["Watcher may no longer *read* on Shop for itself, by exchange"],
        },
      ],
    ],
    [
      // Barbara stays in the group, so that only the other one comes.
      "subject swapped",
      [
        {
          ...{ agent: "Assistant", verdict: "more" },
          gained: [now("*read* on Shop", "*scarter*")],
          lost: [gone("*read* on Shop", barbara)],
        },
      ],
    ],
    [
      "pattern changed",
      [
        {
          ...{ agent: "Assistant", verdict: "incomparable" },
          gained: [now("*read* on Shop", "itself")],
          lost: [barbara, customers, staff].map((who) => gone("*read* on Shop", who)),
        },
      ],
    ],
  ])("%s", (what, expected) => expect(changesOf("aic", what)).toEqual(expected));

  test("no other change is there", () => expect(CHANGES.aic.changes.length).toBe(8));
});

describe("pingone", () => {
  const [customers, staff] = ["customers", "staff"].map((group) => `anyone in *${group}* signed in to Portal API`);
  const both = [customers ?? "", staff ?? ""];
  const now = (what: string, who: string) => `Assistant may now ${what} for ${who}, by exchange (not enforced)`;
  const gone = (what: string, who: string) => `Assistant may no longer ${what} for ${who}, by exchange (not enforced)`;
  test.each<[string, Expected]>([
    [
      "scope added",
      [
        {
          ...{ agent: "Assistant", verdict: "more", lost: [] },
          gained: both.map((who) => now("*write* on Shop API", who)),
        },
      ],
    ],
    [
      "group removed",
      [{ agent: "Assistant", verdict: "less", gained: [], lost: [gone("*read* on Shop API", both[0] ?? "")] }],
    ],
    [
      "to all scopes",
      [
        {
          ...{ agent: "Assistant", verdict: "more", lost: [] },
          gained: both.map((who) => now("*admin* and *write* on Shop API", who)),
        },
      ],
    ],
    [
      "agent moved to another application",
      [
        {
          ...{ agent: "Assistant", verdict: "incomparable" },
          gained: both.map((who) => now("*read* on Desk API", who)),
          lost: both.map((who) => gone("*read* on Shop API", who)),
        },
      ],
    ],
    [
      "agent added",
      [
        {
          ...{ agent: "Newcomer", verdict: "more", lost: [] },
          gained: ["Newcomer may now *read* on Desk API for itself, without a user"],
        },
      ],
    ],
    [
      "agent removed",
      [
        {
          ...{ agent: "Watcher", verdict: "less", gained: [] },
          lost: ["Watcher may no longer *read* on Shop API for itself, without a user"],
        },
      ],
    ],
    [
      "subject swapped",
      [
        {
          ...{ agent: "Assistant", verdict: "incomparable" },
          gained: [now("*read* on Shop API", "anyone signed in to Kiosk API")],
          lost: both.map((who) => gone("*read* on Shop API", who)),
        },
      ],
    ],
    [
      "pattern changed",
      [
        {
          ...{ agent: "Assistant", verdict: "incomparable" },
          gained: ["Assistant may now *read* on Shop API for anyone, after the user approves"],
          lost: both.map((who) => gone("*read* on Shop API", who)),
        },
      ],
    ],
  ])("%s", (what, expected) => expect(changesOf("pingone", what)).toEqual(expected));

  test("no other change is there", () => expect(CHANGES.pingone.changes.length).toBe(8));
});
