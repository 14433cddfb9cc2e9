// Loaded first by every Node process below the Pulumi CLI (NODE_OPTIONS): leaves out what the SDK brings for programs that are not
// like ours. A saving of time and memory only: a CLI without it does and prints the same.
const { createRequire, Module } = require("node:module");
const { setFlagsFromString } = require("node:v8");

// The SDK sets this flag in the program alone, and V8 takes no compiled code from a process with other flags: from the compile
// cache that both share, the provider could use nothing.
setFlagsFromString("--allow-natives-syntax");

// The language host that is built from source does not hear `typescript: false` of Pulumi.yaml, and has a compiler loaded.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;

const sdk = createRequire(require.resolve("@pulumi/pulumi"));

// Node strips types in place, so that its positions are true. For each stack that the SDK makes, this would read source maps.
replace("source-map-support/register", () => ({}));
// For functions that are written into the state, where ours is a constant line (decision 0001).
for (const name of ["typescript", "@npmcli/arborist"]) replace(name, (file) => loadedWhenUsed(file));

/**
 * Makes others exports of a module that the SDK loads.
 *
 * @param {string} name
 * @param {(file: string) => object} exportsOf
 */
function replace(name, exportsOf) {
  const file = fileOf(name);
  if (file === undefined) return;
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports: exportsOf(file) });
}

/**
 * The file of a module; undefined for one that is not installed.
 *
 * @param {string} name
 */
function fileOf(name) {
  try {
    return sdk.resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * The exports of a module that is loaded when the first of them is asked for.
 *
 * @param {string} file
 * @returns {object}
 */
function loadedWhenUsed(file) {
  /** @type {Record<PropertyKey, unknown> | undefined} */
  let real;
  return new Proxy(
    {},
    {
      get(_, key) {
        // The SDK's import asks for this, and with it takes the exports as they are.
        if (key === "__esModule") return true;
        if (!real) delete require.cache[file];
        real ??= sdk(file);
        return real?.[key];
      },
    },
  );
}
