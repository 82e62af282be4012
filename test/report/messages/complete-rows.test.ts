import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeDeployPlan, makeMoment, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const plan = makeDeployPlan(runbook, { pending: [] });
const facts = factsUpTo(plan, 'progress');

const textOf = (template: string, notes: JsonObject = {}): string =>
  renderMessage(template, makeMoment(plan, 'complete', 150, { facts, notes }), desk).text;

const FEATURES = {
  features: [
    { title: 'PDF export', text: 'reports in one click', audience: 'Enterprise' },
    { title: 'Search', text: 'finds twice as much' },
  ],
};
const SAID = { notes_published: 'yes', support_briefed: 'Noor, 12:00', known_issues: 'PDF slow (P3)' };

describe('the end of a release, as people are told of it', () => {
  it('COM-03a: goes to stakeholders as a letter of its own', () => {
    expect(textOf('release-complete-email')).toMatch(/^✅ Release v2\.1\.0: complete\n\nHello,/);
  });

  it('COM-03d: names what is live, and for whom', () => {
    expect(textOf('release-complete', FEATURES)).toContain(
      "What's live\n• PDF export: for Enterprise\n• Search\n",
    );
    expect(textOf('release-complete')).not.toContain("What's live");
  });

  it('COM-03e: says who is on call for the next 24 hours, and nothing where the runbook names nobody', () => {
    const on = { ...runbook, people: { noor: { name: 'Noor Aziz', roles: ['on-call'] } } };
    const told = (book: typeof runbook) =>
      renderMessage('release-complete', makeMoment(plan, 'complete', 150, { facts }), {
        ...desk,
        runbook: book,
      }).text;
    expect(told(on as never)).toContain('On call for the next 24 hours: Noor Aziz (primary)');
    expect(told({ ...runbook, people: {} })).not.toContain('On call');
  });

  it('COM-03f: says of notes, support and known issues what a person has said, and nothing of its own', () => {
    expect(textOf('release-complete', SAID)).toMatch(
      /Release notes published: yes\n• Support team briefed: Noor, 12:00\n• Known issues: PDF slow \(P3\)/,
    );
    expect(textOf('release-complete')).not.toMatch(/published|briefed|Known issues/);
  });

  it('COM-03h: thanks the people of the day by name and everybody else', () => {
    expect(textOf('release-complete')).toMatch(
      /Thanks\n• Dana Ito, Deployment Lead\n[\s\S]*Thank you to everyone/,
    );
  });

  it('COM-04b: the letter has the window, the state and how long users were kept out', () => {
    const text = textOf('release-complete-email');
    expect(text).toMatch(/Deployment window: 10:00–12:30 EDT\n• Status: .+\n• Users kept out: /);
  });

  it('COM-04c: the letter has the improvements with what they are good for', () => {
    expect(textOf('release-complete-email', FEATURES)).toContain(
      'Key improvements\n1. PDF export: reports in one click\n2. Search: finds twice as much',
    );
  });

  it('COM-04d: the letter has the measurements, and says which were not measured', () => {
    expect(textOf('release-complete-email')).toMatch(
      /Metrics since the deployment\n• Error rate: not measured\n• API response time P95: not measured\n/,
    );
  });

  it('COM-04e: the letter has the plan of the monitoring, what customers were told, thanks and a signature', () => {
    const text = textOf('release-complete-email', SAID);
    expect(text).toMatch(/Monitoring plan\n[\s\S]*Metrics review: Fri 3 Oct 2025/);
    expect(text).toMatch(/Customer communication\n[\s\S]*Known issues: PDF slow \(P3\)/);
    expect(text).toContain('Thank you to the engineering and QA teams.');
  });
});
