import { minutes } from '../../domain/duration.ts';
import { defineStep, ReleaseError } from '../../kit.ts';

type Input = { env: string };
type Done = { tookMs: number; answers: number };

const stillCold = (needed: number): ReleaseError =>
  new ReleaseError('E_STILL_COLD', {
    what: `The application did not give ${needed} fast answers in a row.`,
    why: 'A cold start would fail the latency limits of the smoke tests for no reason.',
    next: 'Look at the application; then resume.',
    state: 'partly-done',
  });

/** Asks until several answers in a row are fast, so that a cold start is not measured as a slow release (E-79). */
export const warmUp = defineStep<'host', Input, Done>({
  id: 'app.warm-up',
  def: 1,
  needs: ['host'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(4),
  stop: 'safe',
  title: () => 'Warm the application up',
  run: async ({ host }, { env }, { runbook, clock, signal, tell }) => {
    const { fastAnswers = 3, forSeconds = 120 } = runbook.smoke?.warmUp ?? {};
    const limit = runbook.budgets.health?.p95Ms ?? runbook.thresholds.api.p95Ms;
    const start = clock.monotonic();
    let inARow = 0;
    for (let answers = 1; clock.monotonic() - start < forSeconds * 1000; answers += 1) {
      const { latencyMs } = await host.liveVersion(env);
      inARow = latencyMs <= limit ? inARow + 1 : 0;
      tell(`answer ${answers}: ${Math.round(latencyMs)} ms`);
      if (inARow >= fastAnswers) return { tookMs: clock.monotonic() - start, answers };
      await clock.sleep(250, signal);
    }
    throw stillCold(fastAnswers);
  },
  undo: { kind: 'nothing' },
});
