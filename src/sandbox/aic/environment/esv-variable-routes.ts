/** ESV variables: `/environment/variables` (aic §8.2). */
import type { Hono } from "hono";
import { ApiError, Gap } from "../../errors.ts";
import { type Call, objectBody, routes } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { allRows, changedBy, checkId, ENV_DIALECT, READ, readValue, UPDATE } from "./dialect.ts";

export const VARIABLES = "environment/variables";

const TYPES = ["string", "list", "array", "object", "bool", "int", "number", "base64encodedinlined", "keyvaluelist"];

export function esvVariableRoutes(app: Hono, tenant: Tenant): void {
  const { store, clock, loaders } = tenant;
  const route = routes(app, tenant, ENV_DIALECT);
  const path = "/environment/variables";

  route("GET", path, () => allRows(store.list(VARIABLES).map(({ document }) => document)), READ);
  route("GET", `${path}/:id`, (call) => ({ status: 200, body: variable(call) }), READ);
  loaders.declare(`${path}/:id`, ({ id = "" }, body) => store.put(VARIABLES, id, body));

  route(
    "PUT",
    `${path}/:id`,
    (call) => {
      const id = call.params.id ?? "";
      const given = objectBody(call);
      const before = store.get(VARIABLES, id);
      const expressionType = typeAfter(given, before);
      checkId(id);
      const valueBase64 = readValue(given);
      const { description = before?.description ?? "" } = given;
      const loaded = before?.loaded === true && before.valueBase64 === valueBase64;
      const body = { _id: id, description, expressionType, ...changedBy(clock), loaded, valueBase64 };
      store.put(VARIABLES, id, body);
      return { status: 200, body };
    },
    UPDATE,
  );

  route(
    "POST",
    `${path}/:id`,
    (call) => {
      if (call.query.get("_action") !== "setDescription")
        throw new Gap(`action ${call.query.get("_action")} on a variable`);
      const { description } = objectBody(call);
      const before = variable(call);
      const change = description === before.description ? {} : { ...changedBy(clock), description };
      store.put(VARIABLES, String(before._id), { ...before, ...change });
      return { status: 200 };
    },
    UPDATE,
  );

  route(
    "DELETE",
    `${path}/:id`,
    (call) => {
      const body = variable(call);
      const id = String(body._id);
      if (isUsed(id)) throw new ApiError(403, "Cannot delete a variable that has an existing config placeholder");
      store.delete(VARIABLES, id);
      return { status: 200, body };
    },
    UPDATE,
  );

  function variable({ params }: Call): JsonObject {
    const body = store.get(VARIABLES, params.id ?? "");
    if (!body) throw new ApiError(404, "The variable does not exist");
    return body;
  }

  /** Whether a configuration document has the placeholder `&{esv.my.variable}` of `esv-my-variable`. */
  function isUsed(id: string): boolean {
    const placeholder = new RegExp(`&\\{${id.replaceAll("-", "\\.")}[|}]`);
    const configuration = store.collections().filter((name) => name.startsWith("am/"));
    return configuration.some((name) =>
      store.list(name).some(({ document }) => placeholder.test(JSON.stringify(document))),
    );
  }
}

/** The type cannot be changed, and a new variable needs one. */
function typeAfter({ expressionType }: JsonObject, before: JsonObject | undefined): unknown {
  if (expressionType === undefined || expressionType === "") {
    if (before) return before.expressionType;
    throw new ApiError(400, "Variable type required; expressionType cannot be empty when creating new variables");
  }
  if (!TYPES.includes(String(expressionType))) {
    const where = `doesn't match schema #/components/schemas/esvVariableCreateUpdateRequest: Error at "/expressionType"`;
    const allowed = TYPES.map((type) => `"${type}"`).join(",");
    throw new ApiError(400, `request body has an error: ${where}: value is not one of the allowed values [${allowed}]`);
  }
  if (before?.expressionType !== undefined && before.expressionType !== expressionType) {
    throw new ApiError(400, "The expressionType of a variable cannot be changed");
  }
  return expressionType;
}
