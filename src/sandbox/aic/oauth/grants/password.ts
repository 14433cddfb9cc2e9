/** `password`: the documentation's shortcut to a user's token (oauth-flows §4). */
import { secondsNow } from "../../../clock.ts";
import { parameter } from "../../../form.ts";
import { clientScopes } from "../scopes.ts";
import { hasPassword, userByName } from "../users.ts";
import { type GrantHandler, userGrantAnswer } from "./grant.ts";

export const password: GrantHandler = async ({ context, client, form }) => {
  const { rules, tenant, realm } = context;
  for (const name of ["username", "password"]) rules.require("U03", parameter(form, name) !== undefined, name);
  const user = userByName(tenant, realm, form.get("username") ?? "");
  if (!user) throw rules.refusal("U01");
  rules.require("U01", hasPassword(user, form.get("password") ?? ""));
  rules.require("U02", user.active);
  return userGrantAnswer(context, {
    client,
    subject: user.id,
    scopes: clientScopes(rules, client, form),
    grantType: "password",
    audience: client.id,
    authTime: secondsNow(tenant),
  });
};
