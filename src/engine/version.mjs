// Comparing released versions: all that the bootstrap needs of semver.

/**
 * @param {string} text e.g. `v3.255.0`, `22.18`
 * @returns {[number, number, number] | undefined} undefined when the text is no released version (`3.255.0-dev`)
 */
export function parseVersion(text) {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/**
 * @param {string} version
 * @param {string} minimum
 * @returns {boolean} whether `version` is released and equal to `minimum` or newer
 */
export function isAtLeast(version, minimum) {
  const have = parseVersion(version);
  const want = parseVersion(minimum);
  if (!have || !want) return false;
  const [major, minor, patch] = [have[0] - want[0], have[1] - want[1], have[2] - want[2]];
  return (major || minor || patch) >= 0;
}
