/** An agent that signs users on, with a policy that asks for their consent. */

import { createAgreement } from "../../../support/agreement.ts";
import { newBrowser, newPkce } from "../../../support/sign-on.ts";
import { basic, type Json, startFlows } from "../environment.ts";

export const REDIRECT = "http://localhost:3000/callback";
export const TEXT = "The agent may act in your name.\n<script>alert(1)</script> & more";
export type ConsentWorld = Awaited<ReturnType<typeof createConsentWorld>>;

/** Starts an environment with them; the caller stops it. */
export async function createConsentWorld() {
  const flows = await startFlows();
  const { admin } = flows;
  const { languages, assign, ...consent } = await createAgreement(admin, flows.control, {
    en: ["Agent <consent>", TEXT],
    fr: ["Accord", "L'agent peut agir en votre nom."],
  });
  const { en: english = "" } = languages;
  const api = await flows.resource("agent.example.com", ["agent:use"]);
  const application = async (label: string, body: Json = {}) => {
    const made = await flows.application(label, {
      ...{ grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"], responseTypes: ["CODE"], redirectUris: [REDIRECT] },
      ...body,
    });
    await flows.grant(made, api, ["agent:use"]);
    await assign(made.id);
    return made;
  };
  const agent = await application("agent <x>");
  const asked = (more: Json = {}) => ({
    ...{ response_type: "code", client_id: agent.id, redirect_uri: REDIRECT, scope: "agent:use", state: "s1" },
    ...more,
  });
  const browser = () => newBrowser(flows.url, flows.environmentId);
  const barbara = flows.person("barbara.jensen");
  /** Signs on to the end. @returns where the application is told, and the browser that was sent there */
  const signOn = async (more: Json = {}, decision: "accept" | "decline" = "accept") => {
    const user = browser();
    const first = await user.authorize(asked(more) as Record<string, string>);
    if (first.sentTo || first.status !== 200) return first;
    const second = await user.logIn(barbara);
    return second.sentTo ? second : user.decide(decision);
  };
  /** Pushes a request, without the browser. */
  const push = (more: Json = {}, client = agent) => {
    const { client_id: _client, ...request } = asked(more) as Record<string, string>;
    return flows.post("par", request, basic(client));
  };
  /** Exchanges a code for tokens. */
  const redeem = (code: string | null | undefined, more: Record<string, string> = {}, client = agent) => {
    const form = { grant_type: "authorization_code", code: code ?? "", redirect_uri: REDIRECT, ...more };
    return flows.post("token", form, basic(client));
  };
  return {
    ...flows,
    ...{ ...consent, agent, application, english, barbara },
    ...{ asked, browser, signOn, push, redeem, newPkce },
  };
}
