/** CIBA cases that change keys or the acr mapping: with a throw-away client, its two keys and a throw-away user. */
import { randomUUID } from "node:crypto";
import type { Negative } from "../../case.ts";
import { sign } from "../../jwt.ts";
import { type Asker, ask, askingClaims } from "../flows.ts";
import { clientPath, jwkSet, providerPath, type SigningKey, withAttribute } from "../rig.ts";
import { treePath } from "../snapshot.ts";
import type { World } from "../world.ts";
import { furtherCibaCases } from "./privilege-and-provider.ts";

/** @param acr a value that the realm maps */
export function throwAwayCibaCases(world: World, acr: string): Negative[] {
  const { rig, admin, target } = world;
  const flow = "ciba";
  const [retiring, active] = rig.keys;
  const path = clientPath(rig.realm, rig.signer);
  const asker = (key: SigningKey, value = acr): Asker => ({
    client: rig.signer,
    key: key.privateKey,
    kid: key.kid,
    acr: value,
    scopes: ["openid", "read"],
    user: rig.member,
  });
  const asks = (key: SigningKey = active) => ask(world, asker(key));
  const signing = (attribute: string, value: unknown, act = () => asks()) =>
    withAttribute(admin, path, ["signEncOAuth2ClientConfig", attribute], () => value, act);
  /** The kid of one key over the signature of the other. */
  const crossed = async () => {
    const one = asker(active);
    const request = await sign(askingClaims(world, one), active.privateKey, { kid: retiring.kid });
    return ask(world, one, { request });
  };
  const cases: Negative[] = [
    ...furtherCibaCases(world, asker(active)),
    { id: "B04", flow, twin: () => asks(), provoke: crossed },
    { id: "B05", variant: "empty set", flow, twin: () => asks(), provoke: () => signing("jwkSet", jwkSet([])) },
    {
      id: "B05",
      variant: "jwks_uri",
      flow,
      twin: () => asks(),
      provoke: () => signing("publicKeyLocation", "jwks_uri"),
    },
    {
      id: "K03",
      flow,
      twin: () => asks(retiring),
      provoke: () => signing("jwkSet", jwkSet([active.publicKey]), () => asks(retiring)),
    },
  ];
  if (target === "tenant") return cases;
  const nowhere: Negative = {
    id: "B12",
    variant: "journey gone",
    flow,
    twin: () => withoutJourney(world, (value) => ask(world, asker(active, value)), false),
    provoke: () => withoutJourney(world, (value) => ask(world, asker(active, value)), true),
  };
  return [...cases, nowhere];
}

const FAILURE = "e301438c-0bd0-429c-ab0c-66126501069a";

/** Maps a throw-away acr value to a throw-away journey, and deletes the journey under it. */
async function withoutJourney<Result>(
  { admin, rig }: World,
  act: (acr: string) => Promise<Result>,
  gone: boolean,
): Promise<Result> {
  const name = `ping-agents-verify-${randomUUID()}`;
  const path = treePath(rig.realm, name);
  const put = { entryNodeId: FAILURE, nodes: {}, staticNodes: {}, enabled: true };
  await admin.write("PUT", path, put);
  try {
    return await withAttribute(
      admin,
      providerPath(rig.realm),
      ["advancedOIDCConfig", "loaMapping"],
      (mapping) => ({ ...(mapping as object), [name]: name }),
      async () => {
        if (gone) await admin.write("DELETE", path);
        return act(name);
      },
    );
  } finally {
    await admin.attempt("DELETE", path);
  }
}
