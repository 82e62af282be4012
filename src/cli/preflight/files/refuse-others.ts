import { ReleaseError } from '../../../domain/failure.ts';
import type { CommandOptions } from '../../command.ts';

const refused = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', { what, next, state: 'untouched' });

/** Files are judged for themselves: what belongs to a release beside them would look as if it counted. Throws E_FLAG_REFUSED. */
export function refuseOthers([version]: readonly string[], { waive }: CommandOptions): void {
  if (version !== undefined)
    throw refused(`--files judges files, not the release ${version}.`, `Leave out ${version}, or --files.`);
  if (Array.isArray(waive) && waive.length > 0)
    throw refused(
      '--waive is for a release; what files may do is said in the files.',
      'See docs/migrations.md.',
    );
}
