/** Names by which a declaration refers to something: of this file, or of the tenant. Pure. */

import { z } from "zod";
import { name } from "../../fields/text.ts";
import { clientsOf, list, type Mapping, mapping, mappings, meant, type Rule, texts } from "./rule.ts";

/** A name, what it is the name of, and where it stands. */
export type Reference = { readonly sort: string; readonly name: string; readonly path: readonly PropertyKey[] };

/** What a name can be the name of, on one platform. */
type Sorts = {
  /** In words, by the key of the section that declares it. */
  readonly words: Readonly<Record<string, string>>;
  /** Sections whose names differ by more than case. */
  readonly anyCase: readonly string[];
  /** The names that the file declares, beside the keys of the section. */
  readonly alsoDeclared?: (written: Mapping, sort: string) => readonly string[];
  readonly referencesOf: (written: Mapping) => readonly Reference[];
};

const inList = (sort: string, value: unknown, path: readonly PropertyKey[]): Reference[] =>
  texts(value).map(([index, one]) => ({ sort, name: one, path: [...path, index] }));
const inField = (sort: string, value: unknown, path: readonly PropertyKey[]): Reference[] =>
  typeof value === "string" ? [{ sort, name: value, path }] : [];

const accessOf = (client: Mapping, path: readonly PropertyKey[]) =>
  list(client.access).map((entry, index) => [mapping(entry), [...path, "access", index]] as const);

const aic: Sorts = {
  words: {
    applications: "application",
    users: "user",
    groups: "group",
    journeys: "journey",
    esvSecrets: "ESV secret",
    acr: "acr value",
  },
  anyCase: ["users", "groups"],
  alsoDeclared: (written, sort) => (sort === "acr" ? Object.keys(mapping(mapping(written.provider).acr)) : []),
  referencesOf: (written) => [
    ...clientsOf(written).flatMap(([path, client]) => [
      ...inList("users", client.owners, [...path, "owners"]),
      ...inField("esvSecrets", mapping(client.secret).esv, [...path, "secret", "esv"]),
      ...inList("acr", mapping(client.idToken).defaultAcrValues, [...path, "idToken", "defaultAcrValues"]),
      ...inField("journeys", mapping(client.authorization).journey, [...path, "authorization", "journey"]),
      ...accessOf(client, path).flatMap(([entry, at]) => [
        ...inField("applications", entry.application, [...at, "application"]),
        ...inList("users", entry.subjects, [...at, "subjects"]),
        ...inList("groups", entry.subjectGroups, [...at, "subjectGroups"]),
      ]),
    ]),
    ...mappings(written.groups).flatMap(([group, { members }]) =>
      inList("users", members, ["groups", group, "members"]),
    ),
    ...Object.entries(mapping(mapping(written.provider).acr)).flatMap(([acr, journey]) =>
      inField("journeys", journey, ["provider", "acr", acr]),
    ),
  ],
};

const pingOne: Sorts = {
  words: { resources: "resource", users: "user", groups: "group", policies: "policy", agreements: "agreement" },
  anyCase: [],
  alsoDeclared: (written, sort) => [
    ...(sort === "resources" ? ["openid"] : []),
    ...mappings(written[sort === "policies" ? "signOnPolicies" : sort]).map(([, { name: own }]) => String(own)),
  ],
  referencesOf: (written) => [
    ...mappings(written.signOnPolicies).flatMap(([policy, { actions }]) =>
      list(actions).flatMap((action, index) =>
        inField("agreements", mapping(action).agreement, ["signOnPolicies", policy, "actions", index, "agreement"]),
      ),
    ),
    ...clientsOf(written).flatMap(([path, client]) => [
      ...inList("users", client.owners, [...path, "owners"]),
      ...inList("policies", mapping(client.policies).names, [...path, "policies", "names"]),
      ...inList("groups", mapping(mapping(client.userAccess).groups).names, [...path, "userAccess", "groups", "names"]),
      ...accessOf(client, path).flatMap(([entry, at]) => inField("resources", entry.resource, [...at, "resource"])),
    ]),
  ],
};

/** Names of one sort: a list, or a mapping with what each is. */
const names = z.union([z.array(name), z.record(name, z.string())], "expected a list of names, or texts by name");

/** A name of each sort. */
const EXAMPLES: Readonly<Record<string, string>> = {
  applications: "payroll-api",
  users: "barbara.jensen",
  groups: "customers",
  journeys: "Login",
  esvSecrets: "esv-agent-secret",
  acr: "push",
  resources: "Payroll API",
  policies: "Single_Factor",
  agreements: "Terms of use",
};

/** What a file says of the names that the tenant has and the file does not declare. */
const existing = <Sort extends string>(words: Readonly<Record<Sort, string>>) =>
  z
    .strictObject(
      Object.fromEntries(
        Object.entries(words).map(([sort, word]) => [
          sort,
          names.optional().meta({
            description: `Each ${word} that the tenant has already: a list, or texts by name`,
            otherwise: "not closed: the tenant is asked",
            examples: [[EXAMPLES[sort]]],
          }),
        ]),
      ),
    )
    .optional()
    .describe(
      "Names that the tenant has already, by sort: where a sort is listed, a name that is neither here nor declared is a mistake",
    );

export const aicExisting = existing(aic.words);
export const pingOneExisting = existing(pingOne.words);

/** The names of a sort that a file declares. */
const declaredIn = ({ alsoDeclared }: Sorts, written: Mapping, sort: string): readonly string[] => [
  ...Object.keys(mapping(written[sort])),
  ...(alsoDeclared?.(written, sort) ?? []),
];

/**
 * A name that the file does not declare is the tenant's, and looked up there; unless it is one that was probably mistyped, or
 * `existing` says which names of its sort there are.
 */
const known =
  (sorts: Sorts): Rule =>
  (written, refuse) => {
    const { words, anyCase } = sorts;
    const closed = mapping(written.existing);
    for (const { sort, name: used, path } of sorts.referencesOf(written)) {
      const spelt = (one: string) => (anyCase.includes(sort) ? one.toLowerCase() : one);
      const listed = closed[sort];
      const existingNames = Array.isArray(listed) ? listed.map(String) : Object.keys(mapping(listed));
      const all = [...declaredIn(sorts, written, sort), ...existingNames].map(spelt);
      if (all.includes(spelt(used))) continue;
      const nearest = meant(spelt(used), all);
      const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
      if (listed !== undefined) refuse(path, `no ${words[sort]} "${used}", neither declared nor under existing${hint}`);
      else if (nearest !== undefined)
        refuse(path, `no ${words[sort]} "${used}" in this file${hint} Else list it under existing.${sort}`);
    }
  };

export const aicReferences = known(aic);
export const pingOneReferences = known(pingOne);

/** The names that the tenant must have, since the file uses them and does not declare them. */
const foreign =
  (sorts: Sorts) =>
  (written: Mapping): Reference[] =>
    sorts.referencesOf(written).filter(({ sort, name: used }) => !declaredIn(sorts, written, sort).includes(used));

export const aicForeignNames = foreign(aic);
export const pingOneForeignNames = foreign(pingOne);
