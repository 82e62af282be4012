import { sayMoment } from '../../src/domain/calendar/say-moment.ts';
import type { StagedRecord } from '../../src/domain/staged-record.ts';
import { defineCheck, type Facts, ReleaseError } from '../../src/kit.ts';

interface Seen {
  /** What the ledger of staging says; undefined: nothing. */
  readonly found?: StagedRecord;
  /** Its record lies where this command does not look. */
  readonly elsewhere: boolean;
}

const unread = (what: string): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `What was tried on staging is not known: ${what}`,
    next: 'Look again when the ledger answers.',
    state: 'untouched',
  });

function readSeen({ staged }: Facts): Seen {
  if (typeof staged?.unread === 'string') throw unread(staged.unread);
  const found = staged?.found as unknown as StagedRecord | undefined;
  return { elsewhere: staged?.elsewhere === true, ...(found === undefined ? {} : { found }) };
}

/** Somebody may have published it there by hand: then it runs, and what it was tried with nobody knows (PRE-15). */
export default defineCheck({
  id: 'app.staged',
  title: 'Candidate was deployed to staging and tested there',
  runbook: 'PRE-15',
  gates: ['preflight'],
  releaseOnly: true,
  needs: [],
  absent: ({ release, runbook }) => {
    if (release?.commit === undefined) return 'no release is named';
    if (release.from === release.version) return `${release.version} is live`;
    return runbook.environments.staging === undefined ? 'there is no environment staging' : undefined;
  },
  probe: async (_services, { facts }) => readSeen(facts),
  judge: ({ found, elsewhere }, { release, runbook }) => {
    const again = `release deploy ${release?.version ?? ''} --env staging`;
    if (found === undefined)
      return {
        outcome: 'warn',
        said: elsewhere
          ? 'staging keeps its record elsewhere, and it was not looked at'
          : `no deploy of ${release?.commit?.slice(0, 7)} to staging is on record`,
        remedy: elsewhere ? 'Keep both ledgers in one place.' : `Try it out there: ${again}`,
      };
    const { run, version, end, by, at, smoke, said } = found;
    const evidence = { run, version, end, by, at, smoke: smoke ?? null };
    if (end === 'completed' && smoke === 'go') {
      const when = sayMoment(Date.parse(at), runbook.timezone);
      return { outcome: 'pass', said: `${version} by ${by} on ${when}, smoke tests go`, evidence };
    }
    if (end === 'completed')
      return {
        outcome: 'warn',
        said: `${version} was deployed by ${run}, and no smoke test was asked`,
        remedy: 'Configure the smoke scenario, so that a deploy to staging tests it.',
        evidence,
      };
    return {
      outcome: 'fail',
      said: `${version} did not come to a good end on staging: ${run} is ${end}${said ? `, ${said}` : ''}`,
      remedy: `Mend it, or go on there: release deploy --resume --env staging. Then: ${again}`,
      evidence,
    };
  },
});
