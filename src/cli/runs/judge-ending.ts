import type { Plan } from '../../domain/plan.ts';
import type { RunResult } from '../../engine/run-plan.ts';
import type { RunStory } from '../../report/verdict-run.ts';
import type { Stop } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { exitCodeOf } from '../exit-by-code.ts';

/** How a run's ending is told, and the exit code it has. */
export interface Ending {
  readonly exitCode: ExitCode;
  readonly verdict: RunStory['verdict'];
}

/** Steps after whose beginning users may meet a production that nobody has proven good. */
const TOUCHING =
  /^(postgres\.(migrate|revert)|host\.publish|neon\.restore|app\.(maintenance-on|traffic-away))$/;

/** True when an entry that touches what users meet was begun before the run ended early. */
function touchedProduction(plan: Plan, at: string | undefined): boolean {
  const end = plan.entries.findIndex((entry) => entry.name === at);
  const begun = end < 0 ? plan.entries : plan.entries.slice(0, end + 1);
  return begun.some((entry) => entry.kind === 'step' && TOUCHING.test(entry.step));
}

/**
 * Exit 7 as soon as production may not be good; an early failure keeps the code of its own family. A rollback that
 * did not end is never anything but 7 (architecture 7).
 */
export function judgeEnding(
  plan: Plan,
  result: RunResult,
  stop: Pick<Stop, 'stopping' | 'exitCode'>,
): Ending {
  switch (result.verdict) {
    case 'completed':
      return { exitCode: EXIT.ok, verdict: 'completed' };
    case 'reached':
      return { exitCode: EXIT.ok, verdict: 'reached' };
    case 'fenced':
      return { exitCode: EXIT.busy, verdict: 'fenced' };
    case 'in-doubt':
      return { exitCode: EXIT.unsafe, verdict: 'in-doubt' };
    case 'paused':
      return { exitCode: stop.stopping ? stop.exitCode : EXIT.no, verdict: 'paused' };
    case 'failed':
      return plan.command === 'rollback' || touchedProduction(plan, result.at)
        ? { exitCode: EXIT.unsafe, verdict: 'unsafe' }
        : { exitCode: exitCodeOf(result.error?.code ?? ''), verdict: 'failed' };
  }
}
