/** Whether all is tried: `npm run faults` says so by vitest's mode. */
export const isFull = (import.meta as { readonly env?: { readonly MODE?: string } }).env?.MODE === "faults";
