/** How users sign on: to an agent on the pages of a local tenant, to an application by its control plane, on a real one in a person's browser. */
import type { KeyedCredentials } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import { textsOf } from "../http.ts";
import { succeeded } from "../judge.ts";
import type { SandboxControl } from "../sandbox-control.ts";
import type { ThrowAways } from "../throw-away.ts";
import type { Tools } from "../verification.ts";
import { type Asked, codeGrant, type RelyingParty, type SignedOn } from "./authorize.ts";
import type { Consents } from "./consents.ts";
import { signOn } from "./control.ts";
import { loopbackOf, personsBrowser } from "./person.ts";
import { type PingOneClient, type PingOnePlan, signOnScopes } from "./plan.ts";
import type { TokenService } from "./service.ts";
import { clientIdOf, partyOf, type Session } from "./session.ts";
import { walkingBrowser } from "./walk.ts";

type SignOns = Pick<Session, "code" | "redirectUriOf" | "signsOn" | "signOn" | "forgetConsents">;

type Surroundings = Pick<Tools<KeyedCredentials>, "send" | "credentials" | "logins"> &
  Pick<Session, "user"> & {
    readonly plan: PingOnePlan;
    readonly service: TokenService;
    readonly note: ThrowAways["note"];
    /** Both of a local tenant only. */
    readonly control: SandboxControl | undefined;
    readonly consents: Consents | undefined;
  };

/** @param waiting how a person is waited for on a real tenant */
export function createSignOns(around: Surroundings, waiting: Parameters<typeof personsBrowser>[0]): SignOns {
  const { plan, service, user, note, control, consents, send, credentials, logins } = around;
  const ofUser = () => ({ user: user().id, note });
  const walk = walkingBrowser({
    ...{ send, credentials, logins, userName: () => user().name },
    beforeConsent: async () => consents?.remember(ofUser()),
  });
  const code = codeGrant(service, control ? walk : personsBrowser(waiting));
  const clients = new Map<string, PingOneClient>([...plan.applications, ...plan.agents].map((one) => [one.key, one]));
  const redirectUriOf = ({ settings = {} }: PingOneClient) => {
    const uris = textsOf(settings.redirectUris);
    // On a local tenant nobody follows the redirect.
    return control ? uris[0] : loopbackOf(uris);
  };
  // A person who was refused, or declined, is not asked for the same again.
  const refused = new Map<string, SignedOn>();
  const ask = async (about: string, party: RelyingParty, asked: Asked) => {
    const answer = await code.ask(party, asked);
    if (!control && !succeeded(answer)) refused.set(about, answer);
    return answer;
  };
  return {
    ...{ code, redirectUriOf },
    forgetConsents: async () => consents?.forget(ofUser()),
    signsOn(key) {
      const client = clients.get(key);
      return control !== undefined || (client !== undefined && redirectUriOf(client) !== undefined);
    },
    async signOn({ application, resource, scopes }) {
      if (!application) throw new Unprovable(`no declared application gets users' tokens of ${resource}`);
      const agent = plan.agents.find(({ key }) => key === application);
      if (control && !agent) {
        // An application may have no redirect URI, and a policy that is not served: the control plane needs neither.
        const clientId = await clientIdOf({ credentials }, application);
        return signOn(control, { credentials, logins }, { userName: user().name, clientId, scopes });
      }
      const client = clients.get(application);
      if (!client) throw new Unprovable(`${application} is no part of this run`);
      const party = await partyOf({ credentials, redirectUriOf }, client);
      const asked = { scopes: agent ? signOnScopes(agent, { scopes }) : scopes };
      const about = JSON.stringify([party.clientId, asked]);
      return refused.get(about) ?? logins.kept(user().name, about, () => ask(about, party, asked));
    },
  };
}
