/** `aic:OAuth2Client`: an OAuth 2.0 client (aic §5). */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { clientBearings } from "../../drift/aic/client-bearings.ts";
import { clientIdSchema, realmSchema } from "../../fields/aic.ts";
import type { ResourceKind } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";
import { decodeSections, encodeSections } from "./attributes.ts";
import { carried, clientMark, marked, realmInputs, unmarked } from "./client-mark.ts";
import { clientSecretInputs, clientSecretOutputs, nextSecret } from "./client-secret.ts";
import type { AicContext } from "./context.ts";
import { deterministicId } from "./ids.ts";
import { oauth2Settings } from "./oauth2-settings.ts";

const schema = z.strictObject({
  realm: realmSchema,
  clientId: clientIdSchema,
  ...clientSecretInputs,
  ...realmInputs,
  ...oauth2Settings,
});
type OAuth2ClientInputs = z.infer<typeof schema>;

const outputs = z.object(clientSecretOutputs);

/** What a client of before carries: an id that told the kit, and no stack. */
const formerMark = ({ realm, clientId }: OAuth2ClientInputs) => deterministicId("oauth2client", realm, clientId);

export const oauth2Client: ResourceKind<typeof schema, typeof outputs, AmDocument, AicContext> = {
  type: "aic:OAuth2Client",
  inputs: schema.describe("An OAuth 2.0 client."),
  outputs,
  immutable: ["realm", "clientId"],
  secret: ["clientSecret"],
  notShown: ["clientSecret", "secretRotation"],
  drift: { noun: "client", fields: clientBearings },
  id: ({ realm, clientId }) => `${realm}/${clientId}`,
  observe: (context, { realm, clientId }) => context.agent(realm, "OAuth2Client", clientId),
  mark: (live, { inputs, inState, owner }) => {
    const mark = clientMark(live, formerMark(inputs));
    return mark.whose === "nobody" ? unmarked(inputs, inState, owner) : mark;
  },
  decode: async (_context, live, inputs) => ({
    inputs: {
      realm: inputs.realm,
      clientId: inputs.clientId,
      ...decodeSections(schema, live, inputs),
      addedGrantTypes: carried(live, inputs),
    },
  }),
  write: async ({ tenant }, change) => {
    const { inputs, previous, live, owner } = change;
    const { outputs, credential } = nextSecret(change, live, `aic:OAuth2Client ${inputs.realm}/${inputs.clientId}`);
    const sections = encodeSections(schema, inputs, previous, live);
    const section = (name: string) => sections[name] as Properties | undefined;
    const body = {
      ...sections,
      coreOAuth2ClientConfig: { ...section("coreOAuth2ClientConfig"), ...credential },
      ...marked(section("advancedOAuth2ClientConfig"), inputs, owner),
    };
    const { document } = await tenant
      .am(inputs.realm)
      .put("OAuth2Client", inputs.clientId, body, { ifNoneMatch: !live });
    return { live: document, outputs };
  },
  remove: async ({ tenant }, { realm, clientId }) => {
    await tenant.am(realm).delete("OAuth2Client", clientId);
  },
};
