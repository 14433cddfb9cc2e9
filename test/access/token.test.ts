/** What the tokens of a row say, hop by hop. */

import { describe, expect, test } from "vitest";
import type { Row, Subject } from "../../src/access/row.ts";
import { tokensOf } from "../../src/access/token.ts";

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
    expect(tokensOf(row({}))).toEqual([
      { holder: "Bot", sub: "bot", aud: "bot" },
      { holder: "Bot", sub: "bot", act: "bot", aud: "bot, shop" },
    ]);
  });

  test("for a user it exchanges the user's token", () => {
    expect(tokensOf(row({ subject: { is: "user", name: "jane" } }))).toEqual([
      { holder: "the user's application", sub: "jane", aud: "that application" },
      { holder: "Bot", sub: "jane", act: "bot", aud: "bot, shop" },
    ]);
  });

  test("without an exchange nobody acts", () => {
    const own = { is: "agent", id: "bot", name: "Bot" } as const;
    expect(tokensOf(row({ flow: "client-credentials", target: own }))).toEqual([
      { holder: "Bot", sub: "bot", aud: "bot" },
    ]);
    expect(tokensOf(row({ flow: "ciba", target: own, subject: { is: "anyone" } }))).toEqual([
      { holder: "Bot", sub: "any user", aud: "bot" },
    ]);
  });
});

describe("PingOne", () => {
  const target = { is: "resource", id: "shop", name: "Shop API" } as const;
  const subject: Subject = { is: "group", name: "staff", tokensOf: { id: "portal", name: "Portal API" } };

  test("its own token says nobody", () => {
    expect(tokensOf(row({ flow: "client-credentials", target }))).toEqual([
      { holder: "Bot", aud: "audience of Shop API" },
    ]);
  });

  const desk = { is: "resource", id: "desk", name: "Desk API" } as const;
  const front = { id: "front", name: "Front", target: desk, claims: { sub: "user" as const, act: ["front"] } };

  test("each hop of a chain has its own actor", () => {
    expect(tokensOf(row({ target, subject, via: [front] }))).toEqual([
      { holder: "the user's application", sub: "a member of staff", aud: "audience of Portal API" },
      { holder: "Front", sub: "a member of staff", act: "front", aud: "audience of Desk API" },
      { holder: "Bot", sub: "a member of staff", act: "bot", aud: "audience of Shop API" },
    ]);
  });

  test("who acted before stands inside of who acts, where the resource says so", () => {
    const claims = { sub: "user", act: ["bot", "front"] } as const;
    expect(tokensOf(row({ target, subject, via: [front], claims })).at(-1)).toMatchObject({ act: "bot after front" });
  });

  test("an agent at which users sign in exchanges nothing for that", () => {
    const signsIn = { ...front, claims: { sub: "user" as const, act: [] } };
    expect(tokensOf(row({ target, subject, via: [signsIn] }))).toEqual([
      { holder: "Front", sub: "a member of staff", aud: "audience of Portal API" },
      { holder: "Bot", sub: "a member of staff", act: "bot", aud: "audience of Shop API" },
    ]);
  });

  test("a client's own token has no subject", () => {
    const client: Subject = { is: "client", id: "job", name: "Job", tokensOf: { id: "desk", name: "Desk API" } };
    const of = (sub: "none" | "client") => tokensOf(row({ target, subject: client, claims: { sub, act: ["bot"] } }));
    expect(of("none")).toEqual([
      { holder: "Job", aud: "audience of Desk API" },
      { holder: "Bot", act: "bot", aud: "audience of Shop API" },
    ]);
    expect(of("client").at(-1)).toMatchObject({ sub: "job" });
  });
});
