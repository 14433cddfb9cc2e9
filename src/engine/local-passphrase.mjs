// The passphrase that stacks of the local tenant have unless the user chose one. No other tenant's stack may have it.

/** Protects nothing: it is in the repository. */
export const localPassphrase = "local-development";
