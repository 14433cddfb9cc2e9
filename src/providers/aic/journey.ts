/** `aic:Journey`: a journey, that is an AM authentication tree with its nodes, declared as a small graph (aic §7). */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { guard, limit, reach } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
import { PingAgentsError } from "../../errors.ts";
import {
  checkJourney,
  type JOURNEY_ENDS,
  journeyFields,
  journeySettings,
  realmSchema,
  tierOfResource,
} from "../../fields/aic.ts";
import { name } from "../../fields/text.ts";
import { named } from "../../named.ts";
import { owned } from "../annotations.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import { KIT, markIn, NOBODY, withMark, withoutMark } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";
import { deterministicId } from "./ids.ts";
import { plainDescription } from "./managed-kind.ts";
import { mappingOf } from "./oauth2-provider.ts";

/** What AM gives a new journey; one that predates a setting lacks it (aic §7.1). */
const UNSET: Readonly<Record<string, boolean>> = {
  enabled: true,
  ...{ innerTreeOnly: false, mustRun: false, noSession: false, transactionalOnly: false },
};
for (const [key, field] of Object.entries(journeySettings)) owned(field, UNSET[key]);

const schema = z
  .strictObject({
    realm: realmSchema,
    name: name.describe("Unique in the realm"),
    ...journeyFields,
    tier: tierOfResource,
  })
  .superRefine(checkJourney);
type JourneyInputs = z.infer<typeof schema>;
type JourneyNode = JourneyInputs["nodes"][string];
/** Arguments of `aic:Journey`. */
export type JourneyArgs = z.input<typeof schema>;
type Live = { readonly tree: AmDocument; readonly nodes: ReadonlyMap<string, AmDocument> };

/** AM's fixed ids of the two ends of every tree. */
const ENDS: Readonly<Record<string, string>> = {
  success: "70e691a5-1e33-4ac3-a356-e7b6d60d92e0",
  failure: "e301438c-0bd0-429c-ab0c-66126501069a",
} satisfies Record<(typeof JOURNEY_ENDS)[number], string>;
/** Distance of nodes in the editor. */
const GRID = { x: 220, y: 150 };

const nodeId = ({ realm, name }: JourneyInputs, key: string) => ENDS[key] ?? deterministicId("node", realm, name, key);
const treeNodes = (tree: AmDocument) => (isRecord(tree.nodes) ? tree.nodes : {}) as Record<string, Properties>;

export const journey: ResourceKind<typeof schema, NoOutputs, Live, AicContext> = {
  type: "aic:Journey",
  inputs: schema.describe("A journey with its nodes."),
  immutable: ["realm", "name"],
  notShown: ["tier"],
  promoted: true,
  drift: {
    noun: "journey",
    fields: {
      realm: identity,
      ...text,
      enabled: reach("it can be run, although it is declared as switched off", "nobody can run it"),
      innerTreeOnly: limit("it can be run by itself", "it runs inside of other journeys only"),
      mustRun: limit("it is passed over where there is a session", "it runs also where there is a session"),
      noSession: limit("it ends with a session", "it ends without a session"),
      transactionalOnly: limit("it runs also without a transaction", "it runs for transactions only"),
      identityResource: guard("it looks for users elsewhere"),
      entry: guard("it begins with another step: users sign on in another way"),
      nodes: { "*": guard("a step of it is another one: users sign on in another way") },
    },
  },
  id: ({ realm, name }) => `${realm}/${name}`,
  announce: ({ names }, { realm, name }) => names.expected.add(`journeys ${realm}`, name),

  observe: async ({ tenant }, { realm, name }) => {
    const am = tenant.am(realm);
    const tree = await am.trees.get(name);
    if (!tree) return undefined;
    const read = async ([id, { nodeType }]: [string, Properties]) =>
      [id, await am.nodes(String(nodeType)).get(id)] as const;
    const found = await Promise.all(Object.entries(treeNodes(tree)).map(read));
    return { tree, nodes: new Map(found.flatMap(([id, document]) => (document ? [[id, document]] : []))) };
  },

  mark: ({ tree }, { inputs }) => {
    const mark = markIn(tree.description);
    if (mark.whose !== "nobody") return mark;
    // A node has no room for a mark; but only this kit gives such ids.
    return tree.entryNodeId === nodeId(inputs, inputs.entry) ? KIT : NOBODY;
  },

  decode: async (_context, { tree, nodes }, inputs) => {
    const keys = new Map([...Object.keys(inputs.nodes), ...Object.keys(ENDS)].map((key) => [nodeId(inputs, key), key]));
    const keyOf = (id: unknown) => keys.get(String(id)) ?? String(id);
    const decodeNode = ([id, { nodeType, displayName, connections }]: [string, Properties]) => {
      const declared = named(inputs.nodes, keyOf(id));
      const properties = Object.keys(declared?.properties ?? {}).map((key) => [key, nodes.get(id)?.[key]]);
      const outcomes = Object.entries(isRecord(connections) ? connections : {}).map(([outcome, next]) => [
        outcome,
        keyOf(next),
      ]);
      const found = {
        type: nodeType,
        ...(declared?.displayName !== undefined && { displayName }),
        ...(declared?.properties && { properties: Object.fromEntries(properties) }),
        outcomes: Object.fromEntries(outcomes),
      };
      return [keyOf(id), found];
    };
    return {
      inputs: {
        realm: inputs.realm,
        name: tree._id,
        description: withoutMark(tree.description),
        ...shownSettings(tree, inputs),
        entry: keyOf(tree.entryNodeId),
        nodes: Object.fromEntries(Object.entries(treeNodes(tree)).map(decodeNode)),
      },
    };
  },

  /** Nodes first, since the tree does not check them; nodes that are used no more last. */
  write: async (context, { inputs, previous, live, owner }) => {
    const am = context.tenant.am(inputs.realm);
    const description = plainDescription(inputs.description, previous?.description, live?.tree);
    for (const [key, { type, properties = {} }] of Object.entries(inputs.nodes)) {
      const id = nodeId(inputs, key);
      const { _id, _rev, _type, _outcomes, ...kept }: Properties = live?.nodes.get(id) ?? {};
      await am.nodes(type).put(id, { ...kept, ...properties });
    }
    await am.trees.put(inputs.name, encodeTree(inputs, withMark(description, owner), live?.tree));
    const used = new Set(Object.keys(inputs.nodes).map((key) => nodeId(inputs, key)));
    for (const [id, { nodeType }] of Object.entries(live ? treeNodes(live.tree) : {})) {
      if (!used.has(id) && isOwnNode(previous, id)) await am.nodes(String(nodeType)).delete(id);
    }
    const written = await journey.observe(context, inputs, {}, owner);
    if (written) return { live: written };
    throw new PingAgentsError("ERR_NOT_APPLIED", `journey "${inputs.name}" is gone right after it was written`, {
      where: { resource: `aic:Journey ${inputs.realm}/${inputs.name}`, tenant: context.tenant.origin },
      hint: "look for a second writer, then pulumi up",
    });
  },

  remove: async (context, inputs) => {
    const am = context.tenant.am(inputs.realm);
    if (await isMapped(context, inputs)) return;
    await am.trees.delete(inputs.name);
    for (const [key, { type }] of Object.entries(inputs.nodes)) await am.nodes(type).delete(nodeId(inputs, key));
  },
};

/** True while an acr value leads to the journey, which somebody else needs then. Says so. */
async function isMapped(context: AicContext, { realm, name }: JourneyInputs): Promise<boolean> {
  const provider = await context.tenant.am(realm).getOAuth2Provider();
  const values = provider ? Object.entries(mappingOf(provider)).filter(([, journey]) => journey === name) : [];
  if (values.length === 0) return false;
  const list = values.map(([acr]) => acr).join(", ");
  console.warn(`warning: journey "${name}" of realm ${realm} stays: acr ${list} leads to it`);
  return true;
}

const isOwnNode = (previous: JourneyInputs | undefined, id: string) =>
  previous !== undefined && Object.keys(previous.nodes).some((key) => nodeId(previous, key) === id);

const usersOf = ({ realm }: JourneyInputs) => `managed/${realm}_user`;

function shownSettings(tree: AmDocument, inputs: JourneyInputs): Properties {
  const shown = Object.fromEntries(Object.keys(journeySettings).map((key) => [key, tree[key] ?? UNSET[key]]));
  const isSilent = inputs.identityResource === undefined && shown.identityResource === usersOf(inputs);
  return isSilent ? { ...shown, identityResource: undefined } : shown;
}

/** The settings that are declared, and the defaults of those that are changed. */
function encodedSettings(inputs: JourneyInputs, live: AmDocument | undefined): Properties {
  const unset: Properties = { ...UNSET, identityResource: usersOf(inputs) };
  const isChanged = (key: string) => live?.[key] !== undefined && live[key] !== unset[key];
  const keys = Object.keys(journeySettings) as (keyof typeof journeySettings)[];
  return Object.fromEntries(
    keys.flatMap((key) => {
      if (inputs[key] !== undefined) return [[key, inputs[key]]];
      return isChanged(key) ? [[key, unset[key]]] : [];
    }),
  );
}

function encodeTree(inputs: JourneyInputs, description: string, live: AmDocument | undefined): Properties {
  const { _id, _rev, ...kept } = live ?? {};
  const place = (index: number) => ({ x: GRID.x * (index + 1), y: GRID.y * (1 + (index % 2)) });
  const encode = ([key, { type, displayName, outcomes }]: [string, JourneyNode], index: number) => {
    const connections = Object.entries(outcomes).map(([outcome, next]) => [outcome, nodeId(inputs, next)]);
    const id = nodeId(inputs, key);
    const drawn = live && treeNodes(live)[id]; // where a person put it in the editor
    const title = displayName ?? drawn?.displayName ?? type;
    return [
      id,
      { ...place(index), ...drawn, nodeType: type, displayName: title, connections: Object.fromEntries(connections) },
    ];
  };
  const nodes = Object.entries(inputs.nodes);
  return {
    identityResource: usersOf(inputs),
    enabled: true,
    staticNodes: {
      startNode: { x: 50, y: GRID.y },
      ...Object.fromEntries(
        Object.values(ENDS).map((id, index) => [id, { x: GRID.x * (nodes.length + 1), y: GRID.y * (index + 1) }]),
      ),
    },
    ...kept,
    ...encodedSettings(inputs, live),
    description,
    entryNodeId: nodeId(inputs, inputs.entry),
    nodes: Object.fromEntries(nodes.map(encode)),
  };
}
