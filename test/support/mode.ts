/** How much a run of the tests tries. */

/** Whether all is tried: npm tells its scripts which of them runs. */
export const isFull = process.env.npm_lifecycle_event === "faults";
