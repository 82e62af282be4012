import { ReleaseError } from '../../domain/failure.ts';
import { clockFor } from '../clock.ts';
import type { Wired } from '../wired.ts';

const onlySandbox = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--time-scale is for a sandbox, and this is none.',
    why: 'Rules would see an hour where users had a minute.',
    next: 'Leave it out, or work with the configuration of release demo up.',
    state: 'untouched',
  });

/** The same program on a clock that runs `scale` times as fast. Throws E_FLAG_REFUSED outside of a sandbox. */
export function speedUpClock(wired: Wired, scale: string): Wired {
  const speed = Number(scale);
  if (!(speed >= 1 && speed <= 1000))
    throw new ReleaseError('E_FLAG_VALUE', {
      what: `--time-scale ${scale.slice(0, 20)} is none.`,
      next: 'Write a number from 1 to 1000.',
      state: 'untouched',
    });
  if (!wired.runbook.sandbox) throw onlySandbox();
  return { ...wired, clock: clockFor(true, { RELEASE_SANDBOX_SPEED: scale }) };
}
