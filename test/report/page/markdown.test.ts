import { describe, expect, it } from 'vitest';
import { writeReportMarkdown } from '../../../src/report/page/markdown/write-report-markdown.ts';
import { listSections } from '../../../src/report/page/write-page.ts';
import { incidentEvents } from '../../support/incident.ts';
import { measure, sampleReport, sampleTicks } from '../../support/report-sample.ts';

const report = () => sampleReport({ measured: measure(sampleTicks(3, 600)) });
const text = writeReportMarkdown(report());

describe('the report as Markdown', () => {
  it('POST-14: begins with the five answers and has every part of the page but the record', () => {
    expect(text.split('\n')[0]).toMatch(/^RuR2|^SANDBOX/);
    for (const term of ['What happened', 'When', 'How bad', 'What was lost', 'Who decided'])
      expect(text).toMatch(new RegExp(`^- \\*\\*${term}\\*\\*: \\S`, 'm'));
    const titles = listSections(report()).flatMap(({ id, title }) => (id === 'record' ? [] : [title]));
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(titles);
  });

  it('says of each picture what it shows, and leaves the numbers of measurements to the page', () => {
    expect(text).toMatch(/\*\*P95 of answers: GET \/api\/0\*\* Highest [\d.]+ ms at/);
    expect(text).not.toMatch(/<svg|<figure|<td/);
    expect(text.length).toBeLessThan(20_000);
  });

  it('has tables whose rows have as many cells as their heads', () => {
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(2);
    const cells = (row: string): number => row.replace(/\\\|/g, '').split('|').length;
    for (const table of tables) expect(new Set(table.split('\n').map(cells)).size).toBe(1);
  });

  it('takes whatever people and vendors wrote for text', () => {
    const hostile = '</details><script>x</script> | # **b** [a](javascript:x) @all ![i](//h)';
    const events = incidentEvents().map((event) =>
      JSON.parse(
        JSON.stringify(event, (key, value) =>
          ['said', 'title', 'reason', 'actor'].includes(key) ? `${value} ${hostile}` : value,
        ),
      ),
    ) as ReturnType<typeof incidentEvents>;
    const written = writeReportMarkdown(sampleReport({ events }));
    expect(written).toContain('&lt;script&gt;');
    expect(written).not.toMatch(/<script|[^\\]\]\(|[^\\]@all|[^\\]\*\*b/);
    expect(written.match(/<\/details>/g)?.length).toBe(written.match(/<details>/g)?.length);
  });
});
