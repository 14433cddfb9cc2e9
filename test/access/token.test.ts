/** What the tokens of a row say, hop by hop. */

import { describe, expect, test } from "vitest";
import type { Row, Subject } from "../../src/access/row.ts";
import { hopsOf } from "../../src/access/token.ts";

const row = (more: Partial<Row>): Row => ({
  agent: { id: "bot", name: "Bot" },
  flow: "exchange",
  target: { is: "application", id: "shop", name: "Shop" },
  scope: "read",
  subject: { is: "itself" },
  via: [],
  grantedBy: "privilege/1",
  ...more,
});

describe("Advanced Identity Cloud", () => {
  test("an agent for itself exchanges its own token, and is its actor", () => {
    expect(hopsOf(row({}))).toEqual([
      { holder: "Bot", sub: "bot", aud: "bot" },
      { holder: "Bot", sub: "bot", act: "bot", aud: "bot, shop" },
    ]);
  });

  test("for a user it exchanges the user's token", () => {
    expect(hopsOf(row({ subject: { is: "user", name: "jane" } }))).toEqual([
      { holder: "the user's application", sub: "jane", aud: "that application" },
      { holder: "Bot", sub: "jane", act: "bot", aud: "bot, shop" },
    ]);
  });

  test("without an exchange nobody acts", () => {
    const own = { is: "agent", id: "bot", name: "Bot" } as const;
    expect(hopsOf(row({ flow: "client-credentials", target: own }))).toEqual([
      { holder: "Bot", sub: "bot", aud: "bot" },
    ]);
    expect(hopsOf(row({ flow: "ciba", target: own, subject: { is: "anyone" } }))).toEqual([
      { holder: "Bot", sub: "any user", aud: "bot" },
    ]);
  });
});

describe("PingOne", () => {
  const target = { is: "resource", id: "shop", name: "Shop API" } as const;
  const subject: Subject = { is: "group", name: "staff", tokensOf: { id: "portal", name: "Portal API" } };

  test("its own token says nobody", () => {
    expect(hopsOf(row({ flow: "client-credentials", target }))).toEqual([
      { holder: "Bot", aud: "audience of Shop API" },
    ]);
  });

  test("each hop of a chain has its own actor", () => {
    expect(hopsOf(row({ target, subject, via: [{ id: "front", name: "Front" }] }))).toEqual([
      { holder: "the user's application", sub: "a member of staff", aud: "audience of Portal API" },
      { holder: "Front", sub: "a member of staff", act: "front", aud: "audience that names Bot" },
      { holder: "Bot", sub: "a member of staff", act: "bot", aud: "audience of Shop API" },
    ]);
  });

  test("a client's own token has no subject", () => {
    const client: Subject = { is: "client", id: "job", name: "Job" };
    expect(hopsOf(row({ target, subject: client }))).toEqual([
      { holder: "Job", aud: "audience that names Bot" },
      { holder: "Bot", act: "bot", aud: "audience of Shop API" },
    ]);
  });
});
