/** The throw-away client that asks the throw-away user, with either of its keys. */
import type { CibaClient } from "./ciba.ts";
import type { Rig } from "./rig.ts";

/** @param acr a value that the realm maps */
export async function signerAsClient(
  rig: Pick<Rig, "signer" | "member">,
  acr: string,
  which: "active" | "retiring" = "active",
): Promise<CibaClient> {
  const signer = await rig.signer();
  const { kid, privateKey: key } = signer[which];
  return { client: signer, key, kid, acr, scopes: ["openid", "read"], user: await rig.member() };
}
