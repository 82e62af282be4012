import { describe, expect, it } from 'vitest';
import { listMessages } from '../../../src/report/page/list-messages.ts';
import { writeMessages } from '../../../src/report/page/sections/messages.ts';
import { writeTimeline } from '../../../src/report/page/sections/timeline.ts';
import { incidentEvents } from '../../support/incident.ts';
import { eventAt, sampleReport } from '../../support/report-sample.ts';

const told = (minute: number) =>
  eventAt(minute, 'w', 'watch.told', { template: 'incident', version: 'v2.1.0', channels: ['incidents'] });
const withMessages = (...minutes: number[]) =>
  sampleReport({
    events: [...incidentEvents(), ...minutes.map(told)].sort((a, b) => (a.at < b.at ? -1 : 1)),
  });
const timelineOf = (report = sampleReport()): string => writeTimeline(report).body.text;
const marksIn = (page: string): number => page.match(/class="bar told"/g)?.length ?? 0;
const keyOf = (page: string): string => /<ul class="key">.*?<\/ul>/.exec(page)?.[0] ?? '';

describe('the timeline of a report', () => {
  it('counts each of its clock times from the beginning of the run as well', () => {
    const page = timelineOf();
    expect(page).toMatch(/>10:10<\/text><text[^>]*>T\+10 min<\/text>/);
    expect(page).toMatch(/>10:25<\/text><text[^>]*>T\+3 min<\/text>/);
    expect(page).toContain('T+ counts from 10:00:00.');
  });

  it('COM-09: marks when people were told, and is not stretched by what they are told days later', () => {
    // One of them in the key.
    expect(marksIn(timelineOf(withMessages(21, 23)))).toBe(3);
    expect(timelineOf(withMessages(21, 5000))).not.toContain('14:');
    expect(marksIn(timelineOf(withMessages(21, 5000)))).toBe(2);
  });

  it('explains the patterns that it shows, and no others', () => {
    expect(keyOf(timelineOf())).not.toContain('message sent');
    expect(keyOf(timelineOf())).not.toContain('not done, gone past');
    expect(keyOf(timelineOf())).toContain('users kept out');
    expect(keyOf(timelineOf(withMessages(21)))).toContain('message sent');
  });

  it('says for how long users were kept out, and in how many times', () => {
    expect(timelineOf()).toContain('<title>Users kept out (maintenance mode): 18 min in 2</title>');
  });
});

describe('the messages of a report', () => {
  it('stand in their order, to the second', () => {
    const report = withMessages(23, 21);
    expect(listMessages(report.story).map(({ at }) => new Date(at).getUTCMinutes())).toEqual([21, 23]);
    expect(writeMessages(report)?.body.text).toMatch(/10:21:00(.|\n)*#incidents(.|\n)*10:23:00/);
  });
});
