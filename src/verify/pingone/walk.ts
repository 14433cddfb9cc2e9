/** Plays a user at a browser, on the pages on which a local tenant signs users on: forms without a script. */
import { type Credentials, passwordOf } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import type { Observation } from "../http.ts";
import type { Logins } from "../logins.ts";
import type { Send } from "../send.ts";
import { type Browser, leadsTo, toldBy } from "./authorize.ts";

type Tools = {
  readonly send: Send;
  readonly credentials: Credentials;
  readonly logins: Logins;
  /** Name of the user. */
  userName(): string;
  /** Called before the user consents to anything. */
  beforeConsent(): Promise<void>;
};

/** Pages and redirects of one sign-on; a policy has 20 actions at most (delegation §1.1). */
const MOST_STEPS = 50;

export function walkingBrowser({ send, credentials, logins, userName, beforeConsent }: Tools): Browser {
  return async ({ url, redirectUri, decision }) => {
    const cookies = new Map<string, string>();
    const { origin } = new URL(url);
    let address = url;
    const load = async (form?: Record<string, string>): Promise<Observation> => {
      const cookie = [...cookies.entries()].map((pair) => pair.join("=")).join("; ");
      const headers = { cookie, ...(form && { origin }) };
      const init = form ? { method: "POST", headers, body: new URLSearchParams(form) } : { headers };
      // A password counts, if it is wrong.
      const answer = await send(address, init, form === undefined);
      for (const pair of answer.cookies ?? []) cookies.set(pair.split("=", 1)[0] ?? "", pair.replace(/^[^=]*=/, ""));
      return answer;
    };
    const logIn = async (): Promise<Observation> => {
      const username = userName();
      const password = await passwordOf({ credentials }, username);
      let answer: Observation | undefined;
      const said = await logins.attempt(username, async () => {
        answer = await load({ username, password });
        // The page comes again, and says that something is wrong.
        return asksForPassword(answer) ? { ...answer, status: 401, body: {} } : { status: 200, body: {} };
      });
      if (answer && said.status === 200) return answer;
      throw new Unprovable(`the sign-on page refuses ${username}: ${saidBy(answer?.page)}`);
    };

    let shown = await load();
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const next = shown.location === undefined ? undefined : new URL(shown.location, address).href;
      if (next !== undefined && leadsTo(next, redirectUri)) return toldBy(shown, next);
      if (next !== undefined) {
        if (new URL(next).origin !== origin) break;
        address = next;
        shown = await load();
      } else if (asksForPassword(shown)) shown = await logIn();
      else if (asksForConsent(shown)) {
        await beforeConsent();
        shown = await load({ decision: decision === "approve" ? "accept" : "decline" });
      } else return refusedBy(shown);
    }
    throw new Unprovable("the pages of the sign-on lead nowhere");
  };
}

const asksForPassword = ({ page = "" }: Observation) => page.includes('name="password"');
const asksForConsent = ({ page = "" }: Observation) => page.includes('name="decision"');

/** What only the user is told, where there is no client to go back to (RFC 6749 §4.1.2.1). */
function refusedBy({ status, rule, page }: Observation): Observation {
  if (status >= 500) throw new Unprovable(`the sign-on ends with ${status}: ${saidBy(page)}`);
  return { status, rule, error: /<code>([^<]*)<\/code>/.exec(page ?? "")?.[1], description: saidBy(page), body: {} };
}

/** What a page of the local tenant says that is wrong. */
const saidBy = (page = "") => /class="failed"[^>]*>([^<]*)</.exec(page)?.[1] ?? "no page that is known";
