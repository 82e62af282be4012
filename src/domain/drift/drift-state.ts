/** The parts of a set-up that are compared with the accepted baseline. */
export const DRIFT_KINDS = ['secret', 'code', 'file', 'schema', 'webhook', 'host', 'health'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/**
 * One part, as names and what is compared of each: nothing for a bare name, a hash for what is long, the setting itself
 * for what is short. A secret's value is never in it.
 */
export type DriftArea = Readonly<Record<string, string>>;

/** Every part that could be read. One that is missing was not configured, which is not the same as empty. */
export type DriftState = Readonly<Partial<Record<DriftKind, DriftArea>>>;

/** One difference between what was accepted and what is. */
export interface DriftChange {
  readonly kind: DriftKind;
  readonly key: string;
  readonly op: 'added' | 'removed' | 'changed';
  /** True for a variable that the application needs by the configuration. */
  readonly required: boolean;
  /** What was accepted; absent for what was not there. */
  readonly from?: string;
  /** What is; absent for what is gone. */
  readonly to?: string;
}

/** The check that looks at each part. */
export const DRIFT_CHECKS: Readonly<Record<DriftKind, string>> = {
  secret: 'drift.secrets',
  code: 'drift.code',
  file: 'drift.files',
  schema: 'drift.schema',
  webhook: 'drift.webhooks',
  host: 'drift.host',
  health: 'drift.health',
};

/** What an area says of one name; undefined when it does not have it. A name like `constructor` is one like any other. */
export const entryOf = (area: DriftArea, key: string): string | undefined =>
  Object.hasOwn(area, key) ? area[key] : undefined;
