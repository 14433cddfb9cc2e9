/** Example stack P-c: each row of the tables of delegation §1.3, as a request. */

import { describe, expect, test } from "vitest";
import { example, requiredBut } from "./pingone.ts";

const scope = "stripe_mcp:invoke";
const [UI, AGENT, EXT] = ["Chat UI", "Financial Agent", "Agent Gateway Extension"];
const { idOf, own, exchange, signOn, userId, endsWithNothing } = await example("pingone-on-behalf-of");

const login = () => signOn(UI, `openid ${scope}`);
const first = async () => exchange(AGENT, { subject: await login(), scope });
const second = async () => exchange(EXT, { subject: await first(), scope });
const user = await userId();
const grant_type = "urn:ietf:params:oauth:grant-type:token-exchange";

describe("Try", () => {
  test("1: the user's token names the agent", async () => {
    const { claims } = await login();
    expect(claims).toMatchObject({
      ...{ sub: user, client_id: idOf(UI), aud: ["finance-agent"] },
      ...{ may_act: { sub: idOf(AGENT) }, grant_type: "authorization_code" },
    });
  });

  test("2: the agent's names the extension, and who acts", async () => {
    const { claims } = await first();
    expect(claims).toMatchObject({
      ...{ sub: user, client_id: idOf(AGENT), aud: ["google-agent-gateway"], grant_type },
      ...{ act: { sub: idOf(AGENT), act: null }, may_act: { sub: idOf(EXT) } },
    });
  });

  test("3: the tool sees both, and the chain ends", async () => {
    const { claims } = await second();
    expect(claims).toMatchObject({
      ...{ sub: user, client_id: idOf(EXT), aud: ["stripe-mcp-server"], grant_type },
      act: { sub: idOf(EXT), act: { sub: idOf(AGENT), act: null } },
    });
    expect(claims).not.toHaveProperty("may_act");
  });

  test("own tokens of agent and extension say that nobody acts", async () => {
    for (const client of [AGENT, EXT])
      expect((await own(client, scope)).claims).toMatchObject({ sub: "no-subject", act: "noActor" });
  });
});

describe("Refused", () => {
  const refused = { status: 400, error: "invalid_request", text: requiredBut("act"), token: "" };

  test("an actor token of another client", async () => {
    expect(await exchange(AGENT, { subject: await login(), actor: EXT, scope })).toMatchObject(refused);
  });

  test("no actor token", async () => {
    expect(await exchange(AGENT, { subject: await login(), actor: "", scope })).toMatchObject(refused);
  });

  test("a token without may_act, exchanged onward", async () => {
    expect(await exchange(EXT, { subject: await second(), scope })).toMatchObject(refused);
  });

  test("the agent with its own exchanged token", async () => {
    expect(await exchange(AGENT, { subject: await first(), scope })).toMatchObject(refused);
  });

  test("the extension with the user's token, a hop skipped", async () => {
    expect(await exchange(EXT, { subject: await login(), scope })).toMatchObject(refused);
  });
});

endsWithNothing();
