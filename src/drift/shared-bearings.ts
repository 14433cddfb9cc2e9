/** Bearings of fields that kinds of both clouds have. Pure. */

import { type Bearings, credential, guard, label, limit, reach } from "./bearing.ts";

/** Access that is owned as a set: each entry says what it gives. */
export const undeclared: Bearings = {
  "*": (_was, is) => ({ class: "widened", means: `access that nobody declared: ${is}` }),
};

/** The life of an agent. */
export const life: Bearings = {
  sponsor: label("somebody else is said to answer for it"),
  expires: reach("its last day is later", "its last day is earlier", { absent: "most" }),
  stopped: (_was, is) =>
    is === undefined
      ? { class: "widened", means: "it is stopped no more" }
      : { class: "narrowed", means: `it was stopped: ${is}` },
};

/** Sets of a client that both clouds have. */
export const clientSets: Bearings = {
  grantTypes: reach("it has further ways to get tokens", "it has fewer ways to get tokens"),
  responseTypes: reach("authorization requests may ask for more", "authorization requests may ask for less"),
  redirectUris: reach(
    "authorization codes may go to further addresses",
    "authorization codes may go to fewer addresses",
  ),
};

/** The words for a switched-off client. */
export const enabled = reach(
  "it can be used, although it is declared as switched off",
  "it is switched off and gets no token",
);

/** What other means of a client to prove who it is mean: weaker ones, stronger ones, and others. */
export const authMethods = [
  "it signs in by weaker means",
  "it has to sign in by stronger means than its own code does",
  "it has to sign in in another way than its own code does",
] as const;

/** Public keys by which a client proves who it is. */
export const keySet = credential("whoever has the other key can sign in as this client, or sign its requests");
export const keyAddress = credential("its keys come from elsewhere: whoever has those can sign in as this client");

export const pushedRequests = limit(
  "it may send authorization requests through the browser",
  "it must push authorization requests",
);

export const postLogout = reach("a logout may lead to further addresses", "a logout may lead to fewer addresses");

/** What cannot be another one without being another object. */
export const identity = guard("the object is another one than was declared");

/** Text that people read. */
export const text = { name: label(), description: label() } satisfies Bearings;
