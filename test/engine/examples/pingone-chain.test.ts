/** Example stack P-d: each row of the tables of delegation §1.4, as a request. */

import { describe, expect, test } from "vitest";
import { type Answer, example, requiredBut } from "./pingone.ts";

const [UI, SUPPORT, ORDER, EXT] = ["Chat UI", "Support Agent", "Order Status Agent", "Agent Gateway Extension"];
const { idOf, own, exchange, signOn, userId, endsWithNothing } = await example("pingone-chain");

const user = await userId();
const [INVOKE, READ] = ["order-status:invoke", "order:read"];
const login = await signOn(UI, "openid profile email support-agent:invoke");
const t1 = await exchange(SUPPORT, { subject: login, scope: INVOKE });
const t2 = await exchange(EXT, { subject: t1, scope: INVOKE });
const t3 = await exchange(ORDER, { subject: t2, scope: READ });
const t4 = await exchange(EXT, { subject: t3, scope: READ });

/** Who acted, outermost first. */
const actorsOf = ({ claims }: Answer) => {
  const actors: unknown[] = [];
  for (let act = claims.act; act !== undefined; act = (act as { act?: unknown }).act) {
    if (act === null) return [...actors, null];
    actors.push((act as { sub?: unknown }).sub);
  }
  return actors;
};

describe("Try", () => {
  test.each([
    ["login", login, "support-agent", UI, [], SUPPORT],
    ["t1", t1, "ac-google-cloud-agent-gateway", SUPPORT, [SUPPORT, null], EXT],
    ["t2", t2, "order-status-agent", EXT, [EXT, SUPPORT, null], ORDER],
    ["t3", t3, "ac-google-cloud-agent-gateway", ORDER, [ORDER, EXT, SUPPORT, null], EXT],
    ["t4", t4, "order-status-mcp-server", EXT, [EXT, ORDER, EXT, SUPPORT, null], undefined],
  ])("%s", (_name, answer, audience, client, actors, mayAct) => {
    const { claims } = answer;
    expect(claims).toMatchObject({ sub: user, aud: [audience], client_id: idOf(client) });
    expect(actorsOf(answer)).toEqual(actors.map((one) => one && idOf(one)));
    expect(claims.may_act).toEqual(mayAct === undefined ? undefined : { sub: idOf(mayAct) });
  });
});

describe("Refused", () => {
  const refused = { status: 400, error: "invalid_request", text: requiredBut("act"), token: "" };

  test("the extension's own token without a scope: its grants are on two resources", async () => {
    const text = expect.stringContaining("May not request scopes for multiple resources");
    expect(await own(EXT)).toMatchObject({ status: 400, error: "invalid_scope", text });
  });

  test("the last token of the chain, exchanged onward", async () => {
    expect(await exchange(EXT, { subject: t4, scope: READ })).toMatchObject(refused);
  });

  test.each([
    ["the extension with the login's token", EXT, login, INVOKE],
    ["the order agent with the support agent's", ORDER, t1, READ],
    ["the support agent with its own", SUPPORT, t1, INVOKE],
  ])("a hop skipped: %s", async (_what, client, subject, scope) => {
    expect(await exchange(client, { subject, scope })).toMatchObject(refused);
  });

  test("an actor token of another client, and none", async () => {
    expect(await exchange(SUPPORT, { subject: login, actor: ORDER, scope: INVOKE }, READ)).toMatchObject(refused);
    expect(await exchange(SUPPORT, { subject: login, actor: "", scope: INVOKE })).toMatchObject(refused);
  });
});

endsWithNothing();
