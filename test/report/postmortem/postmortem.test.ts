import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../src/cli/postmortem/read-command.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import type { Incident } from '../../../src/ledger/find-incident.ts';
import { findIncident, runsOf } from '../../../src/ledger/find-incident.ts';
import { sumKeptOut } from '../../../src/report/kept-out.ts';
import { listOpen, runOf, writeDocument } from '../../../src/report/postmortem/document.ts';
import { type Change, writeParts } from '../../../src/report/postmortem/parts.ts';
import { listTimeline } from '../../../src/report/postmortem/timeline.ts';
import { updateDocument } from '../../../src/report/postmortem/update-document.ts';
import { incidentEvents, incidentTasks } from '../../support/incident.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const keptOutOf = (incident: Incident) => sumKeptOut(runsOf(incident), incident.events);

const { runbook } = makeTestWired({}).wired;
const commit = { sha: 'a'.repeat(40), subject: 'Pay twice | [x](y)', author: 'Jo', at: '2025-09-30' };
const change: Change = { from: 'v2.0.3', to: 'v2.1.0', commits: [commit] };

const incidentOf = (events: readonly LedgerEvent[]): Incident => {
  const found = findIncident(events);
  if (found === undefined) throw new TypeError('no incident');
  return found;
};
/** Command of the incident is offered by whoever has it, and accepted. */
const passedTo = (to: string): readonly LedgerEvent[] => {
  const head = {
    v: 1,
    scope: 'shop/production',
    run: 'c',
    epoch: 1,
    host: 'laptop',
    actor: 'Ana',
    tool: '0.1.0',
  };
  const data = { subject: 'INC-2025-10-01-1', version: 'v2.1.0' };
  const at = '2025-10-01T14:30:00.000Z';
  return [
    {
      ...head,
      id: 'c1',
      seq: 90,
      at,
      p: '',
      h: '',
      type: 'handoff.offered',
      data: { ...data, by: 'Ana', to },
    },
    { ...head, id: 'c2', seq: 91, at, p: '', h: '', type: 'handoff.accepted', data: { ...data, by: to } },
  ] as unknown as readonly LedgerEvent[];
};

const partsOf = (events: readonly LedgerEvent[], brought: Change = change) =>
  writeParts({
    incident: incidentOf(events),
    command: readCommand(events, incidentOf(events), runbook),
    change: brought,
    list: incidentTasks,
    runbook,
    metrics: 'none',
  });

describe('the timeline', () => {
  const lines = listTimeline(incidentOf(incidentEvents()));

  it('PIR-04, PMT-06: tells effects, failures, gates and ends in order, and no reads', () => {
    expect(lines.map(({ said }) => said)).toEqual([
      'Deployment of v2.1.0 begun by Ana',
      'Maintenance mode on',
      'Back up the database',
      'Migrate the database: 0042_due',
      'Maintenance mode off',
      'Deployment ended: deploy of v2.1.0 completed',
      'Rollback to v2.0.3 begun by Ana',
      'Maintenance mode on',
      'Failed: Take the migration 0042_due back — no <b>answer</b>',
      'Take the migration 0042_due back',
      'Maintenance mode off',
      'Rollback ended: rollback to v2.0.3 completed',
    ]);
  });

  it('PMT-06: is written in the time of the runbook, the day where it changes, and nothing in it is markup (T15)', () => {
    const { timeline } = partsOf(incidentEvents());
    const [first, second] = timeline.split('\n');
    expect(first).toBe('- **Wed 1 Oct 2025, 10:00 EDT**: Deployment of v2.1.0 begun by Ana');
    expect(second).toBe('- **10:02 EDT**: Maintenance mode on');
    expect(timeline).toContain('no \\<b\\>answer\\</b\\>');
  });
});

describe('what the program fills in', () => {
  it('PMT-02, PMT-03: the day, the incident commander, the severity and the reason', () => {
    const { facts } = partsOf(incidentEvents({ reason: 'webhooks *fail*', severity: 'P0' }));
    expect(facts).toContain('**Date**: Wed 1 Oct 2025');
    expect(facts).toContain('**Severity**: P0');
    expect(facts).toContain('**Reason**: webhooks \\*fail\\*');
    expect(facts).toContain('**Incident Commander**: Ana since 10:22 EDT; rolled back by Ana');
  });

  it('PMT-02, HOE-19: who had command and since when, by the ledger; a role is no command', () => {
    const people = {
      ira: { name: 'Ira', roles: ['incident-commander'] },
      kim: { name: 'Kim Vale', roles: [] },
    };
    const named = { ...runbook, people };
    const factsOf = (
      events: readonly LedgerEvent[],
      command = readCommand(events, incidentOf(events), named),
    ) =>
      writeParts({
        ...{ incident: incidentOf(events), command, change, list: incidentTasks },
        ...{ runbook: named, metrics: 'none' },
      });
    const passed = [...incidentEvents(), ...passedTo('kim')];
    expect(factsOf(passed).facts).toContain(
      '**Incident Commander**: Ana since 10:22 EDT, then Kim Vale since 10:30 EDT; rolled back by Ana',
    );
    expect(factsOf(incidentEvents(), []).facts).toContain(
      '**Incident Commander**: not recorded; by the runbook it is Ira; rolled back by Ana',
    );
  });

  it('PMT-04: how long it was from the beginning of the deployment to the end of the rollback', () => {
    const { facts } = partsOf(incidentEvents());
    expect(facts).toContain('**Duration**: 35 min from the beginning of the deployment');
    expect(facts).toContain('which took 13 min');
    const alone = partsOf(incidentEvents().filter(({ run }) => run === 'r'));
    expect(alone.facts).toContain('13 min of rollback; the deployment is not in the ledger');
  });

  it('PIR-24: the meeting within 48 hours, on a working day', () => {
    expect(partsOf(incidentEvents()).facts).toContain('**Postmortem meeting**: by Fri 3 Oct 2025, 10:35 EDT');
  });

  it('says what was not recorded instead of guessing', () => {
    const { facts } = partsOf(incidentEvents({ reason: 'not said' }));
    expect(facts).toContain('**Severity**: not recorded');
    expect(facts).toContain('**Reason**: not recorded');
    expect(partsOf(incidentEvents(), { ...change, commits: undefined }).change).toContain(
      '- not known: git could not say',
    );
  });

  it('PIR-07: commits, migrations and where to look for the one that caused it', () => {
    const { change: text } = partsOf(incidentEvents());
    expect(text).toContain('- `aaaaaaaaaaaa` Pay twice \\| \\[x\\](y) (Jo)');
    expect(text).toContain('- database: Migrate the database: 0042\\_due');
    expect(text).toContain('`git bisect start v2.1.0 v2.0.3`');
  });

  it('PIR-02: the database as it was before, by the name of its branch', () => {
    expect(partsOf(incidentEvents()).evidence).toContain('- database as it was: branch `pre-v2.1.0`');
  });

  it('PMT-08: adds maintenance mode of both runs, and says that it is not all', () => {
    expect(keptOutOf(incidentOf(incidentEvents()))).toEqual({ ms: 18 * 60_000, isOpen: false });
    expect(partsOf(incidentEvents()).impact).toContain('at most 48.6 % of the incident');
  });

  it('PMT-08: knows of users who were never let in again, and of none without maintenance mode', () => {
    const events = incidentEvents();
    const isOff = ({ step, run }: LedgerEvent): boolean => step === 'maintenance-off' && run === 'r';
    const open = incidentOf(events.filter((event) => !isOff(event)));
    expect(keptOutOf(open)).toEqual({ ms: 19 * 60_000, isOpen: true });
    const never = events.filter(({ step }) => !step?.startsWith('maintenance'));
    expect(keptOutOf(incidentOf(never))).toBeUndefined();
    expect(partsOf(never).impact).toContain('**Availability**: not known');
  });

  it('PMT-08, E-86: never says that no data was lost when scripts took columns back', () => {
    expect(partsOf(incidentEvents()).impact).toContain(
      '**Data Loss**: Not counted: what only 0042\\_due could hold',
    );
  });
});

describe('the document', () => {
  const parts = partsOf(incidentEvents());
  const written = writeDocument('Incident Postmortem: v2.1.0 Rollback', 'r', parts);

  it('PIR-11, PIR-25: has the parts of the runbook’s template, in its order', () => {
    const headings = written.split('\n').filter((line) => line.startsWith('#'));
    expect(headings).toEqual([
      '# Incident Postmortem: v2.1.0 Rollback',
      '## Timeline',
      '## Root Cause',
      '## Impact',
      '## What Went Well',
      '## What Went Poorly',
      '## Action Items',
      '## Lessons Learned',
      '## Evidence',
      '## Follow-up',
    ]);
    expect(runOf(written)).toBe('r');
  });

  it('PMT-05, PMT-07, PMT-09, PMT-11: what only people know is left to them, with its line', () => {
    expect(listOpen(written).map(({ said }) => said)).toEqual([
      'Customer Impact',
      'Root Cause',
      'Users Affected',
      'Revenue Impact',
      'What Went Well',
      'What Went Poorly',
      'Action Items',
      'Lessons Learned',
      'Evidence',
    ]);
    for (const { line } of listOpen(written)) expect(written.split('\n')[line - 1]).toContain('TODO(person)');
  });

  it('keeps every word of people when it is written anew', () => {
    const edited = written.replace(
      'TODO(person): what caused the failure, in detail',
      'A missing index.\n\n> $& $1',
    );
    const anew = updateDocument(edited, 'f.md', { ...parts, timeline: '- **10:00**: other' });
    const withoutMarks = (text: string) => text.replaceAll(/, [0-9a-f]{8} -->/g, ' -->');
    expect(withoutMarks(anew)).toBe(withoutMarks(edited.replace(parts.timeline, () => '- **10:00**: other')));
    expect(updateDocument(edited, 'f.md', parts)).toBe(edited);
  });

  it('writes nothing anew where a person wrote between the marks, until that part is empty', () => {
    const edited = written.replace('Maintenance mode on', 'Maintenance mode on, by Jo');
    expect(() => updateDocument(edited, 'f.md', parts)).toThrowError(
      expect.objectContaining({ code: 'E_POSTMORTEM_EDITED' }),
    );
    expect(
      updateDocument(
        written.replace(parts.timeline, () => ''),
        'f.md',
        parts,
      ),
    ).toBe(written);
    // Older programs left no digest behind their marks.
    const old = edited.replaceAll(/, [0-9a-f]{8} -->/g, ' -->');
    expect(updateDocument(old, 'f.md', parts)).toBe(written);
  });

  it.each([
    ['a mark is missing', (text: string) => text.replace(/<!-- release: end of impact, .{8} -->/, '')],
    ['a mark is doubled', (text: string) => `${text}<!-- release: end of facts -->`],
    [
      'two parts are crossed',
      (text: string) =>
        text
          .replace(/<!-- release: end of facts.* -->/, '<!-- X -->')
          .replace(/<!-- release: end of timeline.* -->/, '<!-- release: end of facts -->')
          .replace('<!-- X -->', '<!-- release: end of timeline -->'),
    ],
  ])('is left alone when %s', (_, tear) => {
    expect(() => updateDocument(tear(written), 'f.md', parts)).toThrowError(
      expect.objectContaining({ code: 'E_POSTMORTEM_TORN' }),
    );
  });
});
