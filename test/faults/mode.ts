/** How much of the faults is tried. */

/** Whether all is tried: npm tells its scripts which of them runs. */
export const isFull = process.env.npm_lifecycle_event === "faults";
