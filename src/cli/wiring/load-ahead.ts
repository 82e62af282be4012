import { ReleaseError } from '../../domain/failure.ts';
import { importPg } from '../../services/postgres/import-pg.ts';
import type { ServiceName } from '../../services/services.ts';
import { systemClock } from '../clock.ts';
import type { Wired } from '../wired.ts';

/** Something that is loaded at its first use, and the service that uses it. */
type Part = readonly [ServiceName | 'any', () => Promise<unknown>];

const PARTS: readonly Part[] = [
  ['any', () => import('execa')],
  ['any', () => import('zx/core')],
  ['any', () => import('undici')],
  ['any', async () => (await import('../../services/web/measure/in-thread.ts')).keepProber()],
  ['any', async () => (await import('../../report/messages/render-announcement.ts')).keepBuiltIn()],
  ['postgres', importPg],
  ['postgres', () => import('libpg-query')],
  ['neon', () => import('@neondatabase/api-client')],
  ['stripe', () => import('stripe')],
  ['slack', () => import('@slack/webhook')],
  ['slack', () => import('@slack/web-api')],
];

const replaced = (): ReleaseError =>
  new ReleaseError('E_PROGRAM_REPLACED', {
    what: 'A part of this program is gone: it was replaced or removed after it was started.',
    why: 'A run that finds that out in its middle would stop there.',
    next: 'Type the command again; the program that is there now carries it out.',
    state: 'untouched',
  });

/**
 * Loads every part of the program that is otherwise loaded at its first use. Before the lock is taken: an upgrade in
 * the middle of a run replaces the files, and the first message after it could not be written any more (F79). `spared`
 * are services that the run never touches, also after its end. Throws E_PROGRAM_REPLACED when a part cannot be found
 * already now.
 */
export async function loadAhead(
  { configured }: Pick<Wired, 'configured'>,
  spared: readonly ServiceName[] = [],
  parts: readonly Part[] = PARTS,
): Promise<void> {
  const isNeeded = (service: ServiceName): boolean => configured.has(service) && !spared.includes(service);
  const needed = parts.filter(([service]) => service === 'any' || isNeeded(service));
  try {
    for (const [, load] of needed) {
      await load();
      // Answers that came meanwhile are heard between two parts.
      await systemClock.sleep(0);
    }
  } catch (error) {
    if (/MODULE_NOT_FOUND|ENOENT/.test((error as NodeJS.ErrnoException).code ?? '')) throw replaced();
    throw error;
  }
}
