import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runHandoff } from '../../../src/cli/handoff/run-handoff.ts';
import { writePage } from '../../../src/report/handoff/page.ts';
import { GOOD, handOver, makeHandoffWorld } from './handoff-world.ts';

const contacts = {
  roles: { 'on-call': { title: 'On-Call' } },
  people: { alex: { name: 'Alex <b>', roles: ['on-call'], phone: '+1 555 0100' } },
  owners: {
    production: { owner: 'on-call', backup: 'on-call', responsibilities: ['all'], escalation: ['on-call'] },
  },
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

async function write(
  kind: string,
  options: Record<string, boolean | string[]> = {},
  shop = makeHandoffWorld({ runbook: contacts }),
) {
  return runHandoff([kind], { folder, ...options }, shop.context, shop.wired);
}

describe('the documents of a handoff', () => {
  it('HOO-30: deployment summary, metrics, known issues and contacts lie beside it, each as text and page', async () => {
    const shop = makeHandoffWorld({ runbook: contacts });
    await handOver(shop, 'after', 'a10=listed', 'a11=PDF slow / P3 / it drains');
    await write('after', {}, shop);
    const names = ['contacts', 'deployment-summary', 'handoff', 'known-issues', 'metrics'];
    expect(readdirSync(folder).sort()).toEqual(names.flatMap((name) => [`${name}.html`, `${name}.md`]));
    expect(read('deployment-summary.md')).toMatch(/v2\.0\.3 → v2\.1\.0 on production.*run d/);
    expect(read('deployment-summary.md')).toMatch(/- Back up the database: done /);
    expect(read('metrics.md')).toContain('Failed requests: 0.2 %');
    expect(read('known-issues.md')).toContain('**P3** PDF slow. Workaround: it drains');
  });

  it('says of what nobody knows that nobody knows it', async () => {
    await write('after', {}, makeHandoffWorld({ watchedAt: -1, facts: { ...GOOD, backup: {} } }));
    expect(read('metrics.md')).toContain('no watch has seen enough of it (**not as it should be**)');
    expect(read('known-issues.md')).toContain('Nobody has said yet');
    expect(read('contacts.md')).toContain('Nobody is named');
  });

  it('HOO-31: phone numbers stand in the contacts only when asked for, and never in the handoff', async () => {
    await write('after');
    expect(read('contacts.md')).toContain('Alex \\<b\\>**, On-Call');
    expect(read('contacts.md')).not.toContain('555');
    await write('after', { withPhones: true });
    expect(read('contacts.md')).toContain('+1 555 0100');
    expect(read('handoff.md')).not.toContain('555');
  });

  it('holds no markup of foreign words in its page', async () => {
    await write('after');
    expect(read('contacts.html')).toContain('Alex &lt;b&gt;');
    expect(writePage('<script>', '# <img src=x onerror=alert(1)>')).not.toMatch(/<script|<img/);
  });
});
