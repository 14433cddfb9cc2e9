// `pulumi import` of a resource of this kit: the engine has nothing to read it by, and would say so in words of its own.
import { Failure } from "../bootstrap/failure.mjs";

/** The type of a resource of this kit, with or without the prefix of dynamic resources. */
const OURS = /^(pulumi-nodejs:dynamic\/)?(aic|pingone):\w+$/;

/**
 * @param {readonly string[]} args of the CLI
 * @throws {Failure} when they import a resource of this kit by its id
 */
export function refuseImport(args) {
  const type = args.includes("import") ? args.find((arg) => OURS.test(arg)) : undefined;
  if (!type) return;
  throw new Failure(
    `ERR_IMPORT: pulumi import cannot take over ${type}: the engine gives it no inputs to find the object by\n` +
      "  Next: declare the object, with adopt: match where it is to stay as it is (adopt: overwrite changes it to the declaration); " +
      "then npx pulumi up. For all resources of a stack: npx pulumi config set ping-agents:adopt match",
  );
}
