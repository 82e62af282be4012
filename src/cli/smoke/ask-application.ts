import { matchesGlob } from '../../engine/choose-checks.ts';
import { makePlan } from '../../kit/plan.ts';
import type { SmokeOrder } from '../../steps/app/smoke/make-pass.ts';
import { runSmoke, type SmokeReport } from '../../steps/app/smoke/run-smoke.ts';
import { smokeTest } from '../../steps/app/smoke-test.ts';
import type { CliContext } from '../context.ts';
import { openProgress } from '../progress.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';

export interface SmokeWish {
  readonly run: string;
  readonly version: string;
  readonly samples?: number;
  readonly readOnly: boolean;
  /** Leaves the records of the application there. */
  readonly keeps: boolean;
  /** Globs on call ids, as the flag gave them. */
  readonly only: unknown;
  readonly onTimed?: SmokeOrder['onTimed'];
}

const NAME = 'smoke';

/** One row for the view: the scenario is one step, and it is no run of the ledger. */
const planOf = ({ version }: SmokeWish, { env, runbook }: Wired) =>
  makePlan({ command: 'smoke', service: runbook.service, env, version, from: '', basis: {} }, [
    smokeTest.with({ env, version }, { name: NAME }),
  ]);

/** The first Ctrl-C stops the sending, and what was created is taken away; the second ends that, and what stays is listed (ux 2.12). */
function stopAtFirst({ stop }: CliContext): { readonly signal: AbortSignal; forget(): void } {
  const own = new AbortController();
  const forget = stop.onRequest(() => own.abort(new DOMException('stopped', 'AbortError')));
  return { signal: AbortSignal.any([own.signal, stop.signal]), forget };
}

/** Runs the scenario and shows how far it is. */
export async function askApplication(
  wish: SmokeWish,
  context: CliContext,
  wired: Wired,
): Promise<SmokeReport> {
  const { services, env, runbook, clock, secrets } = wired;
  const { run, version, readOnly, keeps, samples, onTimed } = wish;
  const globs = splitGlobs(wish.only);
  const only = globs && { only: (id: string) => globs.some((glob) => matchesGlob(id, glob)) };
  const plan = planOf(wish, wired);
  const progress = await openProgress(context);
  const { signal, forget } = stopAtFirst(context);
  const tell = (said: string): void => progress.emit({ type: 'step.told', name: NAME, said });
  const secret = (name: string): string => secrets.read(name);
  try {
    progress.emit({ type: 'run.started', run, plan, resumed: false, done: [] });
    progress.emit({
      type: 'step.started',
      name: NAME,
      title: plan.entries[0]?.title ?? NAME,
      index: 0,
      total: 1,
    });
    const leave = context.stop.signal;
    const order = { env, version, run, runbook, clock, signal, leave, secret, tell, readOnly, keeps };
    const report = await runSmoke(services, {
      ...order,
      ...(samples === undefined ? {} : { samples }),
      ...(onTimed === undefined ? {} : { onTimed }),
      ...only,
    });
    progress.emit({ type: 'step.done', name: NAME, how: 'effect', tookMs: report.tookMs, said: report.call });
    return report;
  } finally {
    forget();
    await progress.close();
  }
}
