/** Times as reports show them. Pure. */

/** `2026-11-27 05:03 UTC`. */
export const timeText = (time: Date): string => `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
