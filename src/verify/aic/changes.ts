/** Changes of throw-away objects, and of the provider of a local tenant, that are undone before the next case. */
import { setTimeout } from "node:timers/promises";
import { VerifyError } from "../errors.ts";
import { isObject, type Json } from "../http.ts";
import type { Admin } from "./admin.ts";
import type { RigUser } from "./rig.ts";
import { managedPath, section } from "./snapshot.ts";

/** Section and name of an attribute of a configuration object. */
export type At = readonly [section: string, attribute: string];

export const STATUS: At = ["coreOAuth2ClientConfig", "status"];
export const STATELESS: At = ["overrideOAuth2ClientConfig", "statelessTokensEnabled"];

/**
 * Changes one attribute of a configuration object while `act` runs, and puts it back whatever happens. Reads the object again
 * for that, so that what others changed meanwhile stays.
 */
export async function withAttribute<Result>(
  admin: Admin,
  path: string,
  [name, attribute]: At,
  edit: (before: unknown) => unknown,
  act: () => Promise<Result>,
): Promise<Result> {
  const read = async () => plain((await admin.get(path)) ?? {});
  const put = async (value: unknown) => {
    const body = await read();
    await admin.write("PUT", path, { ...body, [name]: { ...section(body, name), [attribute]: value } });
  };
  const putBack = async (value: unknown, pauses = PAUSES): Promise<void> => {
    const [seconds, ...longer] = pauses;
    try {
      await put(value);
    } catch (cause) {
      if (!(cause instanceof VerifyError)) throw cause;
      if (seconds === undefined) throw stillChanged(`${name}.${attribute} of ${path}`, cause);
      await setTimeout(1_000 * seconds);
      await putBack(value, longer);
    }
  };
  const before = section(await read(), name)[attribute];
  try {
    await put(edit(before));
    return await act();
  } finally {
    await putBack(before);
  }
}

/** Seconds between the tries to put a value back, for a tenant that is down for a moment. */
const PAUSES = [1, 3];

/** Whatever runs after this would be judged by what the run itself has changed. */
function stillChanged(what: string, cause: VerifyError): VerifyError {
  const hint = "put it back by hand: pulumi up --refresh does so with what is declared";
  return new VerifyError("ERR_VERIFY_ADMIN", `${what} could not be put back: ${cause.line}`, { hint, cause });
}

/** Deactivates a throw-away user while `act` runs. */
export async function whileInactive<Result>(
  admin: Admin,
  realm: string,
  { id }: RigUser,
  act: () => Promise<Result>,
): Promise<Result> {
  const path = `${managedPath(realm, "user")}/${id}`;
  const set = (value: string) => admin.write("PATCH", path, [{ operation: "replace", field: "/accountStatus", value }]);
  try {
    await set("inactive");
    return await act();
  } finally {
    await set("active");
  }
}

/** A body that can be written back: unwrapped, and without what belongs to the server (aic §2.4). */
function plain({ _id, _rev, _type, ...body }: Json): Json {
  const unwrap = (value: unknown): unknown => (isObject(value) && "inherited" in value ? (value.value ?? null) : value);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const inner = unwrap(value);
      if (name.startsWith("aiAgentIdentity") && isObject(inner)) return [name, withoutRevision(inner)];
      if (!isObject(inner)) return [name, inner];
      return [name, Object.fromEntries(Object.entries(inner).map(([key, of]) => [key, unwrap(of)]))];
    }),
  );
}

function withoutRevision({ _rev, ...rest }: Json): Json {
  return rest;
}
