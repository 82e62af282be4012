import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findPackageRoot } from '../find-package-root.ts';

export type Part = Record<string, unknown>;

/** The runbook of RuR2 as it stands in this package. */
export const readOwnRunbook = (): Part => {
  const text = readFileSync(join(findPackageRoot(), 'runbook.config.yaml'), 'utf8');
  return parse(text, { merge: true }) as Part;
};

/** Name by member id of everybody whom it names, as a workspace of Slack knows its members. */
export function readMembers(): Readonly<Record<string, string>> {
  const people = Object.values((readOwnRunbook().people ?? {}) as Record<string, Part>);
  return Object.fromEntries(
    people.flatMap(({ slack, name }) => (slack ? [[String(slack), String(name)]] : [])),
  );
}
