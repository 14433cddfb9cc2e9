/** Which addresses are those of this machine: the local tenant trusts no other name for itself. */

const NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Whether an address leads to this machine, whatever a resolver says. */
export function isLoopback({ hostname }: URL): boolean {
  return NAMES.includes(hostname);
}
