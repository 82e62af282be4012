import { setImmediate } from 'node:timers/promises';
import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import type { Check, Judgement, Policy, Scope, ServiceName, Services } from '../../kit.ts';
import { runForeign } from '../foreign.ts';
import type { CheckFile } from './find-check-files.ts';
import type { Importer } from './import-file.ts';
import type { Listening } from './listen.ts';
import { tellError } from './tell-error.ts';
import { withinTime } from './within-time.ts';

interface Guarded {
  readonly file: CheckFile;
  readonly listening: Listening;
  readonly importer: Pick<Importer, 'compile'>;
}

/** Longest time for a check that sets no limit itself, as the engine has it. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** A command line of a check ends with its check: on its time limit, and when the gate is stopped. */
function bindShell(services: Services, check: Check, { signal }: Scope): Services {
  if (!check.needs.includes('shell')) return services;
  const { shell } = services;
  const order = { timeoutMs: check.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal };
  const $ = shell.within(order);
  return { ...services, shell: { ...shell, $ } };
}

const only = (services: Services, needs: readonly ServiceName[]): Services =>
  Object.fromEntries(needs.map((need) => [need, services[need]])) as unknown as Services;

const OUTCOMES: readonly unknown[] = ['pass', 'warn', 'fail', 'skip'];

function proveJudgement(judgement: Judgement | undefined): Judgement {
  const { outcome, said, remedy = '' } = judgement ?? {};
  if (!OUTCOMES.includes(outcome))
    throw new TypeError(
      `its outcome is ${JSON.stringify(outcome)}; it has to be one of ${OUTCOMES.join(', ')}`,
    );
  if (typeof said !== 'string') throw new TypeError('it does not say what was seen (said)');
  if (typeof remedy !== 'string') throw new TypeError('what to do (remedy) has to be a text');
  return judgement as Judgement;
}

/** Only words say why a check does not concern a configuration; an empty text is none, and the check is asked. */
const reasonOf = (why: unknown): string | undefined =>
  typeof why === 'string' && why.trim() !== '' ? why : undefined;

/** What was begun and not waited for breaks one turn later than the answer that it belongs to. */
async function untilQuiet<T>(found: Promise<T>, { broken }: Listening): Promise<T> {
  const answer = await Promise.race([found, broken]);
  await Promise.race([setImmediate(), broken]);
  return answer;
}

/**
 * A check of somebody's own, as the engine asks it: what it writes stays off the terminal, an error carries its place in
 * the file, and a promise or a timer that breaks beside it is its own finding and nobody else's.
 */
export function guardCheck(check: Check, { file, listening, importer }: Guarded): Check {
  const tell = (error: unknown, doing: string): ReleaseError =>
    isReleaseError(error) ? error : tellError('E_CHECK_BROKE', error, doing, file, importer);
  const limitMs = check.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const { absent } = check;
  return {
    ...check,
    ...(absent === undefined
      ? {}
      : {
          absent: (policy: Policy) =>
            reasonOf(runForeign(listening, () => withinTime(limitMs, () => absent.call(check, policy)))),
        }),
    probe: async (services, scope) => {
      const given = only(bindShell(services, check, scope), check.needs);
      try {
        const found = runForeign(listening, async () => withinTime(limitMs, () => check.probe(given, scope)));
        return await untilQuiet(found, listening);
      } catch (error) {
        throw tell(error, 'broke in probe');
      }
    },
    judge: (found, policy) => {
      try {
        return proveJudgement(
          runForeign(listening, () => withinTime(limitMs, () => check.judge(found, policy))),
        );
      } catch (error) {
        throw tell(error, 'broke in judge');
      }
    },
  };
}
