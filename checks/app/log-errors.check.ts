import { makeLineMatch } from '../../src/domain/make-line-match.ts';
import { defineCheck, type Environment, type Facts, ReleaseError } from '../../src/kit.ts';

interface Found {
  readonly lines: number;
  readonly errors: number;
  /** ISO. */
  readonly since: string;
}

type Logs = NonNullable<Environment['logs']>;

const LIMIT_MS = 30_000;

const unread = (what: string): ReleaseError =>
  new ReleaseError('E_LOG', {
    what,
    why: 'Whether the new version logs errors is not known.',
    next: 'Look at logs.command of the environment, run it by hand, then resume.',
    state: 'untouched',
  });

/** Since when lines may be the new version's. Where its order was lost with a machine, from the last thing before it on: rather too early. */
function readSince({ publish, backup, announce }: Facts): string {
  const since = [publish?.since, backup?.at, announce?.at].find((at) => typeof at === 'string');
  if (typeof since === 'string') return since;
  throw unread('When the new version was published is not on record.');
}

/** How many lines are errors. The lines themselves may hold anything, and are kept nowhere. */
function countErrors(text: string, { errors, ignore }: Logs): Omit<Found, 'since'> {
  const isError = makeLineMatch(errors);
  const isIgnored = ignore.map(makeLineMatch);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const found = lines.filter((line) => isError(line) && !isIgnored.some((matches) => matches(line)));
  return { lines: lines.length, errors: found.length };
}

/**
 * What a build logs as it starts, and once users are let in. A log without a line is unknown: nobody can tell an application that
 * is quiet from a command that reads another place.
 */
export default defineCheck<'shell', Found>({
  id: 'app.log-errors',
  title: 'New version logs no errors',
  runbook: ['DAY-27', 'DAY-34'],
  gates: ['smoke', 'post-deploy'],
  needs: ['shell'],
  timeoutMs: LIMIT_MS + 5000,
  absent: ({ environment }) =>
    environment.logs === undefined ? 'logs are not configured: nobody looks into them' : undefined,
  probe: async ({ shell }, { environment: { logs }, facts, signal }) => {
    if (logs === undefined) throw unread('logs are not configured.');
    const since = readSince(facts);
    const env = { RELEASE_SINCE: since };
    const { out, code, timedOut } = await shell.line(logs.command, { timeoutMs: LIMIT_MS, env, signal });
    if (timedOut) throw unread('The command that prints the log did not end in time.');
    if (code !== 0) throw unread(`The command that prints the log ended with ${code}.`);
    const counted = countErrors(out, logs);
    if (counted.lines === 0) throw unread('The command that prints the log printed no line.');
    return { ...counted, since };
  },
  judge: ({ lines, errors, since }) => {
    const said = `${errors} of ${lines} lines since ${since.slice(11, 19)} UTC`;
    if (errors === 0)
      return { outcome: 'pass', said: `no error in ${lines} lines since ${since.slice(11, 19)} UTC` };
    return {
      outcome: 'fail',
      holds: true,
      said: `errors: ${said}`,
      remedy: 'Read them. What is known and harmless goes into logs.ignore of the environment.',
      about: ['errors'],
    };
  },
});
