import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findStory } from '../../../src/ledger/find-story.ts';
import { judgeStory } from '../../../src/report/page/judge-story.ts';
import type { Report } from '../../../src/report/page/report.ts';
import { listSections, writePage } from '../../../src/report/page/write-page.ts';
import { incidentEvents } from '../../support/incident.ts';
import {
  eventAt,
  largeReport,
  measure,
  OPEN,
  preflightOf,
  sampleFindings,
  sampleReport,
  sampleTicks,
} from '../../support/report-sample.ts';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\u202e\u001b[31m</style><svg onload=alert(3)>`;
const called = eventAt(18, 'w', 'watch.changed', {
  version: 'v2.1.0',
  change: {
    severity: 'P0',
    rule: 'error-percent',
    series: 'POST /pay',
    row: 'RBC-P0-1',
    value: 35,
    k: 7,
    n: 20,
  },
});
const events = (): ReturnType<typeof incidentEvents> => {
  const [first, ...rest] = incidentEvents();
  return [
    preflightOf(sampleFindings(20)),
    ...(first ? [first] : []),
    ...rest.slice(0, 6),
    called,
    ...rest.slice(6),
  ];
};

const count = (page: string, what: RegExp): number => page.match(what)?.length ?? 0;

/** Every tag that is opened is closed in its order. */
function findUnclosed(page: string): readonly string[] {
  const open: string[] = [];
  const empty = new Set(['meta', 'br', 'input']);
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '');
  for (const [, close, name = '', , self] of body.matchAll(
    /<(\/?)([a-zA-Z0-9]+)((?:"[^"]*"|[^">])*?)(\/?)>/g,
  )) {
    if (close === '/') {
      if (open.pop() !== name) return [`</${name}> of another`];
    } else if (self !== '/' && !empty.has(name)) open.push(name);
  }
  return open;
}

function expectSound(page: string): void {
  expect(findUnclosed(page)).toEqual([]);
  const pictures = count(page, /<svg class="plot/g);
  expect(count(page, /<desc id=/g)).toBe(pictures);
  expect(count(page, /<figure /g)).toBe(pictures);
  expect(count(page, /<summary>Show the numbers<\/summary>/g)).toBeGreaterThanOrEqual(pictures);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
}

describe('the page of a run', () => {
  it('asks nothing of any network and runs nothing', () => {
    const page = writePage(sampleReport({ measured: measure(sampleTicks(2, 600)) }));
    expect(page).not.toMatch(
      /<script|<link|<img|<iframe|@import| style="|url\((?!#)|https?:(?!\/\/www\.w3\.org)/i,
    );
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    expect(
      page.includes(
        `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
      ),
    ).toBe(true);
  });

  it('answers first: what, when, how bad, what was lost, who decided', () => {
    const page = writePage(sampleReport({ events: events() }));
    const terms = [...page.matchAll(/<dt>([^<]+)<\/dt>/g)].map(([, term]) => term);
    expect(terms.slice(0, 5)).toEqual(['What happened', 'When', 'How bad', 'What was lost', 'Who decided']);
    expect(page.includes('The rollback from v2.1.0 to v2.0.3 was completed')).toBe(true);
    expect(page.includes('P0: error-percent at POST /pay was 35 % (7 of 20).')).toBe(true);
    expect(page.includes('Not counted: what only 0042_due could hold went with it')).toBe(true);
    expect(page.includes('Ana ordered the rollback')).toBe(true);
    expect(page.indexOf('What happened')).toBeLessThan(page.indexOf('<nav'));
  });

  it('tells a rollback that was ordered ahead, by a flag, from one that somebody asked for', () => {
    const ahead = events().map((event) =>
      event.type === 'run.planned' && event.data.plan.command === 'rollback'
        ? {
            ...event,
            data: { ...event.data, request: { ...event.data.request, agreed: '--auto-rollback P0' } },
          }
        : event,
    );
    const page = writePage(sampleReport({ events: ahead }));
    expect(page).toContain('Ana ordered the rollback ahead, with --auto-rollback P0');
  });

  it('has every part in the order in which people look for it, each with a title, a finding and its numbers', () => {
    const report = sampleReport({ events: events(), measured: measure(sampleTicks(3, 600)) });
    expect(listSections(report).map(({ id }) => id)).toEqual([
      ...['timeline', 'checks', 'latency', 'data', 'change', 'decisions', 'waivers', 'made', 'record'],
    ]);
    expectSound(writePage(report));
  });

  it('takes whatever people and vendors wrote for text', () => {
    const hostile = events().map((event) =>
      JSON.parse(
        JSON.stringify(event, (key, value) =>
          ['said', 'title', 'reason', 'actor', 'host', 'check', 'rule', 'series', 'name', 'version'].includes(
            key,
          ) && typeof value === 'string'
            ? `${value}${HOSTILE}`
            : value,
        ),
      ),
    ) as ReturnType<typeof events>;
    const ticks = measure(
      [...sampleTicks(1, 60)].map((tick) => ({ ...tick, series: HOSTILE, source: HOSTILE })),
    );
    const page = writePage(sampleReport({ events: hostile, measured: ticks }));
    expect(page.match(/<script|<img|onload=alert\(3\)>|\u202e|\u001b/)).toBeNull();
    expect(count(page, /<\/style>/g)).toBe(1);
    expect(page.includes('&lt;script&gt;')).toBe(true);
    expectSound(page);
  });

  it('says what was not measured, and never calls it good', () => {
    const page = writePage(sampleReport());
    expect(page.includes('Not measured on the machine that made this')).toBe(true);
    expect(page.includes('No integrity question was asked: whether rows are missing is not known.')).toBe(
      true,
    );
    expect(page.includes('not measured')).toBe(true);
  });

  it('shows one measurement alone, and a spike of one second among ten thousand', () => {
    const one = writePage(sampleReport({ measured: measure(sampleTicks(1, 1)) }));
    expect(one.includes('Highest 1950 ms')).toBe(true);
    expectSound(one);
    const many = writePage(sampleReport({ measured: measure(sampleTicks(1, 10_000)) }));
    expect(many.match(/Highest 19\d\d ms at/)).not.toBeNull();
    expect(Buffer.byteLength(many)).toBeLessThan(1_000_000);
  });

  it('is no larger than 300 KiB with a thousand checks and ten series of two hours', () => {
    const page = writePage(largeReport());
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(300 * 1024);
    expect(page.includes('module-9.check-999')).toBe(true);
    expectSound(page);
  });

  it('says when the ledger could not be asked', () => {
    const page = writePage(
      sampleReport({ more: { unreached: 'origin does not answer.' } as Partial<Report> }),
    );
    expect(page.includes('The ledger could not be asked: origin does not answer.')).toBe(true);
  });

  it('keeps measurements of a faster clock away from the times of the ledger', () => {
    const page = writePage(sampleReport({ measured: measure(sampleTicks(1, 60), false) }));
    expect(page.includes('its times are its own, and not those of the timeline')).toBe(true);
    expect(new Date(OPEN).toISOString()).toContain('14:10');
  });
});

describe('the story of a run', () => {
  it('is a deploy with the rollback that took it back, whichever of them is named', () => {
    for (const named of [undefined, 'd', 'r', 'v2.1.0', 'v2.0.3'])
      expect(findStory(incidentEvents(), named)?.runs.map(({ run }) => run)).toEqual(['d', 'r']);
    expect(findStory(incidentEvents(), 'v9.9.9')).toBeUndefined();
    expect(findStory([])).toBeUndefined();
  });

  it('begins with what was found of the version before, and leaves the watch of another version out', () => {
    const other = eventAt(-1, 'x', 'watch.ended', {
      version: 'v2.0.3',
      verdict: 'healthy',
      state: 'complete',
      said: '',
    });
    const story = findStory([other, ...events()]);
    expect(story?.events[0]?.type).toBe('gate.decided');
    expect(story?.events).toContain(called);
  });

  it('has a word that unknown never makes good', () => {
    const wordOf = (all: ReturnType<typeof incidentEvents>) =>
      judgeStory(findStory(all) as Report['story']).word;
    const deploy = incidentEvents().filter(({ run }) => run === 'd');
    expect(wordOf(incidentEvents())).toBe('rolled back');
    expect(wordOf(deploy)).toBe('live, unwatched');
    expect(wordOf(deploy.filter(({ type }) => type !== 'run.finished'))).toBe('not ended');
    expect(wordOf(incidentEvents().slice(0, -1))).toBe('rollback not ended');
    const ended = (state: 'complete' | 'stopped', verdict: string) =>
      eventAt(21, 'w', 'watch.ended', { version: 'v2.1.0', verdict, state, said: 'so' });
    expect(wordOf([...deploy, ended('complete', 'healthy')])).toBe('complete');
    expect(wordOf([...deploy, ended('stopped', 'inconclusive')])).toBe('live, not proven');
  });
});
