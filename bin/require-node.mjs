// Says in one line that Node is too old, before anything is loaded that an old Node cannot read.

/** Oldest Node that strips types from TypeScript by itself; a test keeps it equal to `engines` of package.json. */
const oldest = { major: 22, minor: 18 };

/**
 * Ends the process with exit code 1 when this Node is too old.
 *
 * @param {string} wayOut what the user can do about it
 */
export function requireNode(wayOut) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  console.error(
    `ping-agents needs Node ${oldest.major}.${oldest.minor} or newer, this is ${process.versions.node}: ${wayOut}`,
  );
  process.exit(1);
}
