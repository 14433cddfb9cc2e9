// Loaded first by every Node process below the Pulumi CLI (NODE_OPTIONS): leaves out what the SDK brings for programs that are not
// like ours. A saving of time and memory only: a CLI without it does and prints the same.
const { createRequire, Module } = require("node:module");
const { setFlagsFromString } = require("node:v8");

// The SDK sets this flag in the program alone, and V8 takes no compiled code from a process with other flags: from the compile
// cache that both share, the provider could use nothing.
setFlagsFromString("--allow-natives-syntax");

// Calls after which V8 spends time on making a function faster. At its own 400, a run is over before most of that is gained.
setFlagsFromString("--invocation-count-for-maglev=3000");

// The language host that is built from source does not hear `typescript: false` of Pulumi.yaml, and has a compiler loaded.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;

const sdk = createRequire(require.resolve("@pulumi/pulumi"));

/** What stands in the place of a module, by its file. @type {Map<string, NodeJS.Module>} */
const places = new Map();

// Node strips types in place, so that its positions are true. For each stack that the SDK makes, this would read source maps.
replace("source-map-support/register", () => ({}));
// For programs that start others, for providers that are plugins, and for resources with a version or a schema of their own.
for (const name of ["./automation", "./provider", "js-yaml", "semver"]) replace(name, loadedWhenAsked);
// For functions that are written into the state, where ours is a constant line (decision 0001): with a compiler and npm's resolver.
for (const name of ["serializeClosure", "codePaths"]) replace(`./runtime/closure/${name}`, loadedWhenCalled);
// The debugger, which tells in a message about such a function where it stands.
replace("./runtime/closure/v8Hooks", (load) => ({
  isInitializedAsync: async () => {},
  getSessionAsync: () => load().getSessionAsync(),
  getScriptUrl: (/** @type {string} */ id) => load().getScriptUrl(id),
}));
// For runs that are traced.
for (const name of [
  "exporter-zipkin",
  "instrumentation",
  "instrumentation-grpc",
  "resources",
  "sdk-trace-base",
  "sdk-trace-node",
])
  replace(`@opentelemetry/${name}`, loadedWhenCalled);

/** @typedef {() => Record<PropertyKey, any>} Load loads the real module, once */

/**
 * Makes others exports of a module that the SDK loads.
 *
 * @param {string} name
 * @param {(load: Load) => object} exportsOf
 */
function replace(name, exportsOf) {
  const file = fileOf(name);
  if (file === undefined) return;
  const place = Object.assign(new Module(file), { filename: file, loaded: true });
  places.set(file, place);
  require.cache[file] = Object.assign(place, { exports: exportsOf(() => sdk(giveUp(file))) });
}

/**
 * Takes back all that was replaced: a real module gets real ones only.
 *
 * @param {string} wanted file of the module that is needed
 */
function giveUp(wanted) {
  for (const [file, place] of places) if (require.cache[file] === place) delete require.cache[file];
  return wanted;
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
 * @param {Load} load
 */
function loadedWhenAsked(load) {
  // The SDK's import asks for `__esModule`, and with it takes the exports as they are.
  return new Proxy({}, { get: (_, key) => key === "__esModule" || load()[key] });
}

/**
 * The exports of a module that is loaded when the first of them, functions and classes, is called.
 *
 * @param {Load} load
 */
function loadedWhenCalled(load) {
  return new Proxy(
    {},
    {
      get: (_, key) =>
        key === "__esModule" ||
        new Proxy(class {}, {
          apply: (_target, self, args) => Reflect.apply(load()[key], self, args),
          construct: (_target, args) => Reflect.construct(load()[key], args),
        }),
    },
  );
}
