/** What a person changes in the console, for tests. */

import { aicContexts } from "../../../src/providers/aic/context.ts";
import { readProvider } from "../../../src/providers/aic/oauth2-provider.ts";
import type { Properties } from "../../../src/providers/values.ts";
import type { LocalAic } from "../../support/aic.ts";

/** The realm of all tests here. */
export const realm = "alpha";

/** Changes an agent document as a person does in the console. */
export async function editAgent(
  { admin }: LocalAic,
  type: "AIAgent" | "OAuth2Client",
  id: string,
  edit: (core: Properties) => void,
) {
  const { _id, _rev, _type, ...document }: Properties = (await admin.am(realm).get(type, id)) ?? {};
  edit(document.coreOAuth2ClientConfig as Properties);
  await admin.am(realm).put(type, id, document);
}

/** Changes the realm's OAuth2 provider. */
export async function editProvider({ admin }: LocalAic, edit: (document: Properties) => void) {
  const { _rev, ...document }: Properties = await readProvider(aicContexts(admin).fresh, realm);
  edit(document);
  await admin.am(realm).putOAuth2Provider(document);
}

/** Changes one property of a managed object. */
export const patch = ({ admin }: LocalAic, type: string, id: string, field: string, value: unknown) =>
  admin.idm.patch(`managed/${realm}_${type}`, id, [{ operation: "replace", field: `/${field}`, value }]);
