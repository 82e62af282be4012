import { loadRunbook } from '../../../config/load.ts';
import { type Runbook, runbookSchema } from '../../../config/schema/index.ts';
import { isReleaseError } from '../../../domain/failure.ts';
import type { CliContext } from '../../context.ts';

/** What files are judged by when nobody has written a configuration. */
const USUAL = {
  service: 'files',
  product: 'files',
  timezone: 'UTC',
  environments: { files: { url: 'https://files.invalid' } },
  migrations: {},
};

/**
 * The configuration, as far as it holds. A pull request is judged also where there is none; one with problems is told
 * and not used, unless it was named with --config.
 */
export function readSettings({ cwd, flags, out }: CliContext): Runbook {
  const usual = runbookSchema.parse(USUAL);
  try {
    const { runbook } = loadRunbook({ cwd, file: flags.config });
    return { ...runbook, migrations: runbook.migrations ?? usual.migrations };
  } catch (error) {
    if (!isReleaseError(error) || flags.config !== undefined) throw error;
    if (error.code !== 'E_CONFIG_MISSING')
      out.note('The configuration has problems and is not used (release config check).');
    return usual;
  }
}
