import { bareVersion } from '../../domain/version.ts';
import type { WantedVersion } from './port.ts';

/** The version with its `v`, as every placeholder of the configuration means it. */
export const withV = (version: string): string => `v${bareVersion(version)}`;

/** A text of the configuration with {version} and {commit} filled in. */
export const fill = (text: string, { version, commit }: WantedVersion): string =>
  text.replaceAll('{version}', withV(version)).replaceAll('{commit}', commit);
