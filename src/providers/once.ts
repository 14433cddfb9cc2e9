/** Work that is done when somebody first needs it, and once for all who do. */

/** What answers with the result of `work`, which the first call begins. */
export function once<T>(work: () => T): () => T {
  let begun: { readonly result: T } | undefined;
  return () => {
    begun ??= { result: work() };
    return begun.result;
  };
}
