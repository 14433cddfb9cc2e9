/** What AI agents and other applications have in common: both are rows of one collection (pingone §1, §4). */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { PingAgentsError } from "../../errors.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
import type { Change, ResourceKind, Written } from "../kind.ts";
import { keptStop, type Life, type lifeInputs, sayStopped, shownLife, stopAgainst, writtenLife } from "../life.ts";
import { isOf, isOfStack, type Mark, markById, markOf, type Owner } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { type AccessBelow, accessBelow, accessOutputs, applicationAccess, settled } from "./access-below.ts";
import { isTakenOver, nothingBelow, RULES, settleAccess, shownBelow } from "./access-set.ts";
import { leaveApplication } from "./agent-life.ts";
import { applicationSettings } from "./application-settings.ts";
import type { PingOneContext } from "./context.ts";
import { iconSchema, type UploadedIcon, uploadedIcon, uploadIcon } from "./icon.ts";
import { decodeProperties, encodeProperties, replaceChanged } from "./properties.ts";
import { isUnfinished, stampApplication, standingOf, unfinished } from "./stamp.ts";

/** Inputs of every application. */
export const applicationInputs = {
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  name: name.describe("What people read; unique in the environment"),
  icon: iconSchema.optional(),
  ...applicationSettings,
  ...applicationAccess,
};

/** An application as declared; an agent has a life as well. */
type ApplicationInputs = z.output<z.ZodObject<typeof applicationInputs>> &
  Partial<z.output<z.ZodObject<typeof lifeInputs>>>;

const outputs = z.object({
  applicationId: z.string().describe("UUID of the application"),
  clientId: z.string().describe("OAuth 2.0 client id, which PingOne chooses"),
  issuer: z.string().describe("Issuer of the environment's tokens"),
  uploadedIcon: uploadedIcon.optional().describe("The image that this resource uploaded, where an icon is declared"),
  ...accessOutputs,
});

type Live = {
  readonly application: PingOneObject;
  readonly mark: Mark;
  readonly life: Life;
  readonly icon: UploadedIcon | undefined;
  readonly access: AccessBelow;
  /** True after a write. */
  readonly isWritten?: true;
};

type Options<Schema extends z.ZodObject> = Pick<
  ResourceKind<Schema, typeof outputs, Live, PingOneContext>,
  "type" | "inputs" | "immutable" | "drift"
> & {
  /** PingOne's `type` of the application. */
  readonly wireType: (inputs: z.output<Schema>) => string;
  /** Inputs that follow from PingOne's `type`. */
  readonly fromWireType?: (type: string) => Properties;
};

/** The kind of an application. */
export function applicationKind<Schema extends z.ZodObject & z.ZodType<ApplicationInputs>>({
  type,
  inputs: schema,
  immutable,
  drift,
  wireType,
  fromWireType = () => ({}),
}: Options<Schema>): ResourceKind<Schema, typeof outputs, Live, PingOneContext> {
  type Inputs = z.output<Schema>;
  const hasLife = "stopped" in schema.shape;
  const find = async (context: PingOneContext, inputs: Inputs): Promise<PingOneObject | undefined> => {
    const application = await context.named(inputs.environmentId, "applications", inputs.name);
    if (application && application.type !== wireType(inputs)) {
      throw new PingAgentsError("ERR_NAME_TAKEN", `the name "${inputs.name}" belongs to a ${application.type}`, {
        where: { resource: `${type} ${inputs.name}` },
        hint: "names of applications are unique in the environment, and a type cannot be changed: choose another name",
      });
    }
    return application;
  };

  const create = (context: PingOneContext, inputs: Inputs, wanted: Inputs, owner: Owner): Promise<PingOneObject> => {
    const environment = context.environment(inputs.environmentId);
    const body = {
      tokenEndpointAuthMethod: "CLIENT_SECRET_BASIC",
      ...refreshTokens(wanted),
      ...encodeProperties(schema, wanted, undefined, undefined),
      ...{ name: inputs.name, type: wireType(inputs), protocol: "OPENID_CONNECT", assignActorRoles: false },
      // Nobody may use it before it is complete, and a run that is killed finds it again (stamp.ts).
      ...{ enabled: false, description: unfinished(inputs.description, owner) },
    };
    const ours = async () => {
      const made = await find(context, inputs);
      return made && isOf((await standingOf(context, environment, made)).mark, owner) ? made : undefined;
    };
    return environment.applications.create(body, ours).catch((error: unknown) => {
      throw licenceError(error, wireType(inputs), inputs.name) ?? error;
    });
  };

  const write = async (
    context: PingOneContext,
    { inputs, previous, live, outputs: known, owner }: Change<Schema, typeof outputs, Live>,
  ): Promise<Written<typeof outputs, Live>> => {
    const environment = context.environment(inputs.environmentId);
    const before = live?.life ?? {};
    const stopped = hasLife ? stopAgainst(inputs, before) : undefined;
    const declared = await withGroupIds(context, stopped === undefined ? inputs : { ...inputs, enabled: false }, type);
    const application = live?.application ?? (await create(context, inputs, declared, owner));
    const life = hasLife ? definedOf(writtenLife(inputs, before), ["sponsor", "expires", "stopped"]) : before;
    const isStamped = isDeepStrictEqual(live?.mark, markOf(owner)) && isDeepStrictEqual(life, before);
    if (isUnfinished(application) || !isStamped) {
      await stampApplication(context, { environment, id: application.id }, { owner, life }, live === undefined);
    }
    await settleAccess(context, {
      resource: `${type} ${inputs.name}`,
      ...{ inputs, previous, isAdopted: isTakenOver(live?.mark, previous, owner) },
      below: live?.access.undeclared ?? nothingBelow,
    });
    const icon = await syncIcon(environment, inputs, live);
    const body = {
      ...encodeProperties(schema, declared, previous, application),
      ...(isUnfinished(application) && { enabled: true, description: undefined }),
      ...definedOf(declared, ["enabled", "description"]),
      ...{ name: inputs.name, type: application.type, protocol: application.protocol },
    };
    sayStopped(`${type} ${inputs.name}`, inputs, stopped);
    const image = icon ? { icon: { id: icon.id, href: icon.href } } : {};
    const { icon: liveIcon, ...rest } = body as Properties;
    const keepsIcon = inputs.icon === undefined && previous?.icon === undefined && liveIcon !== undefined;
    const wanted = { ...rest, ...(keepsIcon ? { icon: liveIcon } : image) };
    const replaced = await replaceChanged(environment.applications, application, wanted);
    if (live?.application.name !== inputs.name) context.names(inputs.environmentId).forget("applications");
    const old = isRecord(application.icon) ? String(application.icon.id) : undefined;
    const isOwn = !live || known.applicationId !== undefined || isOfStack(live.mark, owner);
    if (old !== undefined && !keepsIcon && old !== icon?.id && isOwn) await environment.deleteImage(old);
    const access = settled(known.accessIds);
    return { live: { application: replaced, mark: markOf(owner), life, icon, access, isWritten: true } };
  };

  return {
    type,
    inputs: schema,
    outputs,
    immutable,
    drift,
    notShown: [...RULES, "declaredAccess", "onRemove"],
    refusesTaken: true,
    id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),
    identity: (_inputs, { applicationId }) => applicationId,
    announce: (context, { environmentId, name }) => context.names(environmentId).expected.add("applications", name),
    resolve: (context, inputs) => withGroupIds(context, inputs, type),

    observe: async (context, inputs, { applicationId, uploadedIcon: icon, accessIds }, owner) => {
      const { environmentId } = inputs;
      const environment = context.environment(environmentId);
      const application =
        applicationId === undefined
          ? await find(context, inputs)
          : await context.application(environmentId, applicationId);
      if (!application) return undefined;
      const { mark, life } = await standingOf(context, environment, application);
      const isForeign = applicationId === undefined && !isOfStack(mark, owner) && !isOf(mark, owner);
      const looked = { inputs, known: accessIds, owner, isForeign };
      const access = accessBelow(context, { environment, id: application.id }, looked);
      return { application, mark, life, icon: icon ?? undefined, access };
    },

    mark: ({ mark }, { outputs }) => markById(mark, outputs.applicationId),

    // PingOne does not say who it was (pingone §3.1).
    lastChange: ({ application: { updatedAt } }) => (typeof updatedAt === "string" ? { at: updatedAt } : undefined),

    decode: async (context, { application, life, icon, access, isWritten }, inputs) => {
      const { environmentId } = inputs;
      const ids = await access.ids();
      const found = decodeProperties(schema, application, inputs);
      await nameGroups(context, found, environmentId);
      const environment = context.environment(environmentId).id;
      return {
        inputs: {
          environmentId,
          name: application.name,
          icon: shownIcon(application, icon, inputs),
          ...fromWireType(String(application.type)),
          ...found,
          ...(hasLife && shownLife(inputs, life, { isOn: application.enabled === true, isWritten })),
          undeclared: await shownBelow(context, inputs, access.undeclared),
        },
        outputs: {
          applicationId: application.id,
          clientId: application.clientId as string,
          issuer: `${context.tenant.authUrl}/${environment}/as`,
          ...(icon && { uploadedIcon: icon }),
          ...(Object.keys(ids).length > 0 && { accessIds: ids }),
        },
      };
    },

    write,

    kept: (olds, news) =>
      ({
        ...(hasLife && keptStop(`${type} ${news.name}`, olds, news)),
        ...keptSentences(olds, news),
      }) as Partial<Inputs>,

    leave: (context, how, { application }, { inputs: { environmentId } }) =>
      leaveApplication(context, how, context.environment(environmentId), application),

    remove: async (context, inputs, { uploadedIcon: icon }, _owner, live) => {
      const environment = context.environment(inputs.environmentId);
      if (live) await environment.applications.delete(live.application.id);
      context.names(inputs.environmentId).forget("applications");
      if (icon) await environment.deleteImage(icon.id);
    },
  };
}

/** Without a rolling duration refresh tokens may be renewed for ever: it is always sent (pingone §4.2). */
const refreshTokens = ({ tokens: { refreshTokenLifetime, refreshTokenRollingLifetime } = {} }: ApplicationInputs) =>
  refreshTokenLifetime === undefined &&
  refreshTokenRollingLifetime === undefined && {
    refreshTokenDuration: 2_592_000,
    refreshTokenRollingDuration: 15_552_000,
  };

/** Sentences with which the application was taken over once: that they are not said any more is no change. */
function keptSentences({ declaredAccess: before = {} }: ApplicationInputs, { declaredAccess }: ApplicationInputs) {
  if (!declaredAccess) return {};
  const kept = Object.entries(declaredAccess).map(([key, sentence]) => [key, sentence || (before[key] ?? "")]);
  return { declaredAccess: Object.fromEntries(kept) };
}

const definedOf = (inputs: Properties, keys: readonly string[]) =>
  Object.fromEntries(keys.flatMap((key) => (inputs[key] === undefined ? [] : [[key, inputs[key]]])));

/** The uploaded picture that the application shall show, if one is declared. */
async function syncIcon(environment: PingOneEnvironment, { icon }: ApplicationInputs, live: Live | undefined) {
  if (!icon) return undefined;
  const shown = isRecord(live?.application.icon) ? live.application.icon.id : undefined;
  const known = live?.icon;
  return known && known.id === shown && known.sha256 === icon.sha256 ? known : uploadIcon(environment, icon);
}

/** The picture that the application shows, in terms of the declaration. */
function shownIcon({ icon }: PingOneObject, uploaded: UploadedIcon | undefined, inputs: ApplicationInputs) {
  if (!isRecord(icon)) return undefined;
  if (!uploaded || icon.id !== uploaded.id || !inputs.icon) return { file: `(image ${String(icon.id)})` };
  return { file: inputs.icon.file, sha256: uploaded.sha256 };
}

/** The inputs with ids in place of the names of groups. */
async function withGroupIds<Inputs extends ApplicationInputs>(
  context: PingOneContext,
  inputs: Inputs,
  type: string,
): Promise<Inputs> {
  const { environmentId, userAccess } = inputs;
  if (!userAccess?.groups) return inputs;
  const where = {
    resource: `${type} ${inputs.name}`,
    field: "userAccess.groups.names",
    tenant: context.tenant.origin,
  };
  const names = await context.names(environmentId).idsOf("groups", userAccess.groups.names, where);
  return { ...inputs, userAccess: { ...userAccess, groups: { ...userAccess.groups, names } } };
}

/** Puts the names of groups in place of their ids. */
async function nameGroups(context: PingOneContext, found: Properties, environmentId: string | undefined) {
  const groups = isRecord(found.userAccess) ? found.userAccess.groups : undefined;
  if (!isRecord(groups)) return;
  groups.names = (await context.names(environmentId).namesOf("groups", groups.names as string[])).sort();
}

/** An environment without the licence refuses the type, and nothing else shows that it has none (pingone §1). */
function licenceError(error: unknown, wireType: string, name: string): PingAgentsError | undefined {
  const failures = error instanceof Error && "policyFailures" in error ? error.policyFailures : undefined;
  const about = Array.isArray(failures) ? failures.map(({ property }: { property?: unknown }) => property) : [];
  if (wireType !== "AI_AGENT" || !about.includes("type")) return undefined;
  return new PingAgentsError("ERR_AI_AGENTS_DISABLED", "the environment does not know applications of type AI_AGENT", {
    where: { resource: `pingone:AiAgent ${name}` },
    hint:
      "add the solution Agent IAM Core to the environment's licence; an ordinary pingone:Application (web or service) works " +
      "without it, but is no AI agent in the console and cannot become one",
    cause: error,
  });
}
