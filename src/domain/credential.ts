/** What is wrong with a secret that somebody needs: nobody has set it, or who should take it did not. */
export type CredentialTrouble = 'missing' | 'refused';

/**
 * The failures that are about a secret and about nothing else. Every one of them ends a command with 4, and makes a
 * gate end with 4 whose check met it.
 */
const TROUBLES: Readonly<Record<string, CredentialTrouble>> = {
  E_SECRET_MISSING: 'missing',
  E_SECRETS_UNREADABLE: 'refused',
  E_SECRET_REFUSED: 'refused',
  E_GITHUB_KEY: 'refused',
  E_NEON_KEY: 'refused',
  E_PAGERDUTY_KEY: 'refused',
  E_SLACK_KEY: 'refused',
  E_STATUS_PAGE_KEY: 'refused',
  E_STRIPE_KEY: 'refused',
};

/** Their codes. */
export const CREDENTIAL_CODES: readonly string[] = Object.keys(TROUBLES);

/** What a failure with this code says about a secret; undefined when it is about something else. */
export const credentialTroubleOf = (code: string): CredentialTrouble | undefined =>
  Object.hasOwn(TROUBLES, code) ? TROUBLES[code] : undefined;
