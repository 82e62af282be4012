const SCOPE = /^[a-z0-9][a-z0-9-]{0,62}\/[a-z0-9][a-z0-9-]{0,62}$/;

/** Gives `service/environment` back; anything else is a bug, and could become a path or a ref of a stranger. */
export function proveScope(scope: string): string {
  if (!SCOPE.test(scope)) throw new TypeError(`not a ledger scope: ${scope}`);
  return scope;
}
