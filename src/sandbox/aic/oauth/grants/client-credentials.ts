/** `client_credentials`: a token with which an agent or application acts for itself (oauth-flows §4). */
import { clientScopes } from "../scopes.ts";
import { accessTokenAnswer, type GrantHandler } from "./grant.ts";

export const clientCredentials: GrantHandler = ({ context, client, form }) =>
  accessTokenAnswer(context, {
    client,
    subject: client.id,
    scopes: clientScopes(context.rules, client, form),
    grantType: "client_credentials",
    audience: client.id,
  });
