import { describe, expect, it } from 'vitest';
import check from '../../../checks/people/roles-staffed.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const decision = {
  title: 'May we deploy?',
  roles: ['product-owner', 'engineering-lead'],
  inputs: ['x'],
  outcomes: ['GO', 'NO-GO'],
  anchor: 'T_start',
  afterMinutes: -15,
};
const role = (title: string, more: Record<string, unknown> = {}) => ({ title, ...more });
const weekdays = [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: '09:00', to: '21:00' }];
const team = {
  roles: {
    'product-owner': role('Product Owner'),
    'engineering-lead': role('Engineering Lead'),
    'database-lead': role('Database Lead', { standIn: 'on-call' }),
    'on-call': role('On-Call'),
  },
  people: {
    pat: { name: 'Pat Example', roles: ['product-owner'] },
    robin: { name: 'Robin Example', roles: ['engineering-lead'] },
    jo: { name: 'Jo Example', roles: ['database-lead'], hours: weekdays },
    alex: { name: 'Alex Example', roles: ['on-call'] },
  },
  staffing: { rollbackRoles: ['database-lead', 'on-call'] },
  decisions: { 1: decision },
  window: { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00' },
};
const judge = (change: Record<string, unknown> = {}, at = '2026-11-24T15:00Z') =>
  check.judge({ at: new Date(at) }, makePolicy({ runbook: makeRunbook({ ...team, ...change }) }));
const alone = { sam: { name: 'Sam Example', roles: Object.keys(team.roles) } };

describe('people.roles-staffed', () => {
  it('PRE-31, GO-07: passes when every role has somebody until a release need not be taken back', () => {
    expect(judge()).toEqual({
      outcome: 'pass',
      said: 'rollback staffed until Wed 25 Nov 10:00 EST, decisions can be signed',
    });
  });

  it('E-10: fails when the database has nobody at night and on-call cannot do it', () => {
    const roles = { ...team.roles, 'database-lead': role('Database Lead') };
    expect(judge({ roles })).toMatchObject({
      outcome: 'fail',
      said: 'database-lead: nobody from Tue 24 Nov 21:00 EST to Wed 25 Nov 09:00 EST',
    });
  });

  it('NG-06: fails when a key person is away and nobody stands in', () => {
    const away = [{ from: '2026-11-25', to: '2026-11-30' }];
    const people = { ...team.people, alex: { ...team.people.alex, away } };
    expect(judge({ people }).said).toContain('on-call: nobody from Wed 25 Nov 00:00 EST');
    const both = { ...people, kim: { name: 'Kim Example', roles: ['on-call'] } };
    expect(judge({ people: both }).outcome).toBe('pass');
  });

  it('NG-06: fails when a role has no person at all, and names every trouble at once', () => {
    const { alex: _, pat: __, ...people } = team.people;
    expect(judge({ people }).said).toBe(
      'database-lead: nobody from Tue 24 Nov 21:00 EST to Wed 25 Nov 09:00 EST; on-call: nobody is named; decision 1: nobody there for product-owner',
    );
  });

  it('GO-07: looks at the time from the next possible start, not from now', () => {
    const away = [{ from: '2026-11-23', to: '2026-11-23' }];
    const people = { ...team.people, alex: { ...team.people.alex, away } };
    expect(judge({ people }, '2026-11-23T15:00Z').outcome).toBe('pass');
    expect(judge({ people, window: undefined }, '2026-11-23T15:00Z').outcome).toBe('fail');
  });

  it('E-113: fails when one person would have to sign for two roles', () => {
    expect(judge({ people: alone }).said).toBe(
      'decision 1: too few people to sign product-owner, engineering-lead each by another one',
    );
    expect(judge({ people: alone }).remedy).toContain('staffing.singleOperator');
  });

  it('E-113: a team of one says so, and is told at every preflight', () => {
    const staffing = { ...team.staffing, singleOperator: true };
    expect(judge({ people: alone, staffing })).toMatchObject({
      outcome: 'warn',
      said: 'single operator: one person may sign every role; rollback staffed until Wed 25 Nov 10:00 EST',
    });
  });

  describe('E-113: where a decision takes keys', () => {
    const people = {
      pat: { ...team.people.pat, email: 'pat@example.com' },
      robin: { ...team.people.robin, email: 'robin@example.com' },
    };
    const change = { people, staffing: undefined, approvals: { leastProof: 'ssh-signed' } };
    const runbook = makeRunbook({ ...team, ...change });
    const at = new Date('2026-11-24T15:00Z');
    const judgeWith = (allowed: string) => check.judge({ at, allowed }, makePolicy({ runbook }));
    const line = (who: string, options = ''): string => `${who} ${options} ssh-ed25519 AAAA`;
    const ours = 'namespaces="release-approval@release-runbook"';

    it.each([
      [line('pat@example.com', ours), line('robin@example.com')],
      [line('pat@example.com,robin@example.com', `${ours},valid-before="20261125"`)],
      [line('*@example.com', 'namespaces="git,release-*",valid-after="202611241459Z"')],
    ])('passes when each has one that counts now', (...lines) => {
      expect(judgeWith(lines.join('\n'))).toMatchObject({ outcome: 'pass', said: 'decisions can be signed' });
    });

    it.each([
      ['no line', ''],
      ['a comment', `# ${line('robin@example.com', ours)}`],
      ['another purpose', line('robin@example.com', 'namespaces="git"')],
      ['one that has run out', line('robin@example.com', `${ours},valid-before="20261124150000"`)],
      ['one that begins later', line('robin@example.com', 'valid-after=20261125')],
      ['a time that is none', line('robin@example.com', 'valid-before="soon"')],
      ['somebody else', line('robin@example.org')],
      ['a list that leaves them out', line('*@example.com,!robin@example.com')],
    ])('fails when somebody has %s', (_, rest) => {
      expect(judgeWith(`${line('pat@example.com', ours)}\n${rest}`)).toMatchObject({
        outcome: 'fail',
        said: 'decision 1: no key of Robin Example among the allowed signers',
      });
    });

    it('reads them where the branch of releases has them, and not in a work tree', async () => {
      const read: string[] = [];
      const git = {
        branchTip: async (name: string) => `tip of ${name}`,
        readFile: async (commit: string, path: string) => void read.push(`${commit}: ${path}`),
      };
      const scope = { now: at, runbook, signal: new AbortController().signal };
      expect(await check.probe({ git } as never, scope as never)).toEqual({ at, allowed: '' });
      expect(read).toEqual(['tip of main: allowed_signers']);
    });
  });

  describe('a waiver', () => {
    const roles = { ...team.roles, 'database-lead': role('Database Lead') };
    const aboutAt = (at: string, change: Record<string, unknown> = {}) =>
      judge({ roles, window: undefined, ...change }, at).about;
    const evening = '2026-11-24T15:00Z';

    it('E-10: covers the night that it was given for, whenever one looks at it', () => {
      for (const at of ['2026-11-24T14:01Z', '2026-11-24T20:00Z', '2026-11-25T01:59Z'])
        expect(aboutAt(at)).toEqual(aboutAt(evening));
      // Twelve hours end in the middle of it, and each minute in another one.
      const short = { staffing: { ...team.staffing, hours: 12 } };
      expect(aboutAt('2026-11-24T16:00Z', short)).toEqual(aboutAt(evening));
      expect(aboutAt('2026-11-25T05:00Z', short)).toEqual(aboutAt(evening));
    });

    it('E-10: covers no other night, no longer one, and no second gap beside it', () => {
      expect(aboutAt('2026-11-25T15:00Z')).not.toEqual(aboutAt(evening));
      const hours = [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: '10:00', to: '21:00' }];
      const later = { ...team.people, jo: { ...team.people.jo, hours } };
      expect(aboutAt(evening, { people: later })).not.toEqual(aboutAt(evening));
      const turns = [
        { ...weekdays[0], to: '12:00' },
        { ...weekdays[0], from: '13:00' },
      ];
      const lunch = { ...team.people, jo: { ...team.people.jo, hours: turns } };
      expect(aboutAt(evening, { people: lunch })).not.toEqual(aboutAt(evening));
      expect(judge({ roles, people: lunch }, evening).said).toBe(
        'database-lead: nobody from Tue 24 Nov 12:00 EST to Tue 24 Nov 13:00 EST and from Tue 24 Nov 21:00 EST to Wed 25 Nov 09:00 EST',
      );
    });

    it('E-10: covers an absence of months from one day to the next, as long as its end is far', () => {
      const away = [{ from: '2026-11-01', to: '2027-02-28' }];
      const people = { ...team.people, jo: { ...team.people.jo, away } };
      expect(aboutAt('2026-11-24T15:00Z', { people })).toEqual(aboutAt('2026-11-25T15:00Z', { people }));
      expect(aboutAt('2027-02-28T15:00Z', { people })).not.toEqual(aboutAt(evening, { people }));
    });
  });

  it('does not concern a runbook that names neither staffing nor decisions', () => {
    expect(check.absent?.(makePolicy())).toBe('neither staffing nor decisions are configured');
    expect(check.absent?.(makePolicy({ runbook: makeRunbook(team) }))).toBeUndefined();
  });
});
