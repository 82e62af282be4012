import {
  judgeRehearsal,
  type RehearsalQuestion,
} from '../../src/domain/rollback-rehearsal/judge-rehearsal.ts';
import { defineCheck, type Policy, ReleaseError } from '../../src/kit.ts';

type Told = Pick<RehearsalQuestion, 'configDigest' | 'found'> & { readonly unread?: string };

const toldIn = ({ facts }: Pick<Policy, 'facts'>): Told | undefined =>
  facts.rollbackRehearsal as unknown as Told | undefined;

/**
 * A way back that nobody has tried is a guess. Never rehearsed is a warning, because the runbook asks people to review it
 * and no more; one that went wrong is for people to decide about (HOLD).
 */
export default defineCheck<never, Told>({
  id: 'people.rollback-rehearsed',
  title: 'Rollback rehearsed',
  runbook: ['PRE-32'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: [],
  absent: ({ facts, release, runbook, environment }) => {
    if (release?.commit === undefined) return 'no version was named';
    if (release.from === release.version) return `${release.version} is live already`;
    if (runbook.migrations && environment.database && !environment.neon)
      return 'Neon is not configured: there is no branch to try it on';
    return facts.rollbackRehearsal === undefined
      ? 'what is live is not known, or nobody read the ledger'
      : undefined;
  },
  probe: async (_, scope) => {
    const told = toldIn(scope);
    if (told !== undefined && told.unread === undefined) return told;
    throw new ReleaseError('E_LEDGER_UNREADABLE', {
      what: told?.unread ?? 'The ledger was not read.',
      why: 'Whether the rollback was rehearsed stands in the ledger.',
      next: 'release status says what is wrong with it.',
      state: 'untouched',
    });
  },
  judge: (told, { release, now, env }) => {
    const [from, to] = [release?.version ?? '', release?.from ?? ''];
    const answer = judgeRehearsal({ ...told, from, to, commit: release?.commit ?? '', now });
    const { said } = answer;
    if (answer.is === 'proven') return { outcome: 'pass', said };
    const remedy = `release rollback --rehearse --from ${from} --to ${to} --env ${env}`;
    const about = [answer.is, release?.commit ?? '', told.found?.record.because ?? ''];
    return answer.is === 'open'
      ? { outcome: 'warn', said, remedy, about }
      : { outcome: 'fail', holds: true, said, remedy: `Correct it, then: ${remedy}`, about };
  },
});
