/** Resources with their scopes and attributes (pingone §5.3). */
import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { parsed } from "./body.ts";
import { checkClaimName, checkClaimValue } from "./claim-rules.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid, taken } from "./dialect.ts";
import { type Document, insert } from "./documents.ts";
import { newSecret } from "./secret-routes.ts";

/** Links to owner and children, which are read-only. */
const LINKS = ["resource", "attributes", "scopes"];

/** The attribute that every custom resource has from creation. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of PingOne
const SUB = { name: "sub", value: "${user.id}", type: "CORE" };

const resourceBody = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  type: z.literal("CUSTOM").default("CUSTOM"),
  audience: z
    .string()
    .min(1)
    .refine((audience) => !audience.includes("#"), "must have no fragment")
    .refine((audience) => !/pingone|pingidentity/i.test(audience), "must not contain pingone or pingidentity")
    .optional(),
  accessTokenValiditySeconds: z.int().min(300).max(2_592_000).default(3_600),
  introspectEndpointAuthMethod: z
    .enum(["NONE", "CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"])
    .default("CLIENT_SECRET_BASIC"),
  applicationPermissionsSettings: z.strictObject({ claimEnabled: z.boolean() }).optional(),
});
const scopeBody = z.strictObject({ name: z.string().min(1), description: z.string().optional() });
const attributeBody = z.strictObject({
  name: z.string().min(1),
  value: z.string(),
  idToken: z.boolean().optional(),
  userInfo: z.boolean().optional(),
  /** The console's flag; nobody knows its name on the wire, and the attributes of applications call it so (delegation §2.3). */
  required: z.boolean().optional(),
});

export function resourceRoutes(management: Management): void {
  const { tenant, environmentId } = management;
  collectionRoutes(management, {
    name: "resources",
    create: checked,
    complete(document) {
      insert(tenant, `resources/${document.id}/attributes`, environmentId, SUB);
      newSecret(tenant, `resources/${document.id}`);
      return document;
    },
    replace(write, live) {
      checkCustom(live);
      return checked(write);
    },
    checkDelete: checkCustom,
  });
  childRoutes(management, "scopes", (call) => parsed(scopeBody, call, ...LINKS), {});
  childRoutes(management, "attributes", attribute, { type: "CUSTOM" });
}

function checked({ call, others }: Write): JsonObject {
  const body = parsed(resourceBody, call, ...LINKS);
  checkName(body.name, others());
  return { ...body, audience: body.audience ?? body.name };
}

/** An attribute that is made or replaced. What PingOne makes itself keeps its name. */
function attribute(call: Write["call"], live?: Document) {
  const body = parsed(attributeBody, call, ...LINKS, "type");
  if (live && isBuiltIn(live) && body.name !== live.name) throw invalid("name", "cannot be changed", "D");
  if (body.name !== live?.name) checkClaimName(body.name);
  checkClaimValue(body.value);
  return body;
}

/** @param extra what the server adds */
function childRoutes(
  management: Management,
  name: string,
  parse: (call: Write["call"], live?: Document) => JsonObject & { name: string },
  extra: JsonObject,
): void {
  collectionRoutes(management, {
    name,
    of: "resources",
    showsOwner: true,
    create({ call, owner, others }) {
      const body = parse(call);
      checkCustom(owner());
      checkName(body.name, others());
      return { ...extra, ...body };
    },
    replace({ call, others }, live) {
      const body = parse(call, live);
      checkName(body.name, others());
      return { ...(live.type !== undefined && { type: live.type }), ...body };
    },
    checkDelete(live) {
      if (isBuiltIn(live)) throw invalid("type", "core and predefined attributes can only be updated", "D");
    },
  });
}

const isBuiltIn = ({ type }: Document) => type === "CORE" || type === "PREDEFINED";

function checkCustom({ type }: Document): void {
  if (type !== "CUSTOM") throw invalid("type", "built-in resources cannot be changed", "D");
}

function checkName(name: string, others: readonly Document[]): void {
  if (others.some((other) => other.name === name)) throw taken("name");
}
