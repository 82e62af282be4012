import { describe, expect, it } from 'vitest';
import type { DriftChange } from '../../../src/domain/drift/drift-state.ts';
import { judgeDrift } from '../../../src/domain/drift/judge-drift.ts';
import { listExampleNames } from '../../../src/domain/drift/list-example-names.ts';
import { sayChange, signOf } from '../../../src/domain/drift/say-change.ts';
import { spellChanges } from '../../../src/domain/drift/spell-changes.ts';

const gone: DriftChange = { kind: 'secret', key: 'JWT_SECRET', op: 'removed', required: true, from: '' };
const whole = { changes: [], failed: [], unknown: [], notCompared: [], hasBaseline: true };

describe('the answer of a drift check', () => {
  it('E-64: is clean only when everything was read and compared', () => {
    expect(judgeDrift(whole)).toBe('clean');
    expect(judgeDrift({ ...whole, unknown: ['drift.webhooks'] })).toBe('unknown');
    expect(judgeDrift({ ...whole, notCompared: ['schema'] })).toBe('unknown');
    expect(judgeDrift({ ...whole, hasBaseline: false })).toBe('unknown');
  });

  it('DRF-04: a change that was seen is drift, whatever else is not known', () => {
    expect(judgeDrift({ ...whole, changes: [gone], unknown: ['drift.schema'] })).toBe('drifted');
    expect(judgeDrift({ ...whole, changes: [gone], hasBaseline: false })).toBe('drifted');
    expect(judgeDrift({ ...whole, failed: ['security.own-check'] })).toBe('drifted');
  });
});

describe('a set of changes', () => {
  const added: DriftChange = { kind: 'secret', key: 'NEW', op: 'added', required: false, to: '' };

  it('DRF-03: is the same set in whatever order it was found', () => {
    expect(spellChanges([gone, added])).toBe(spellChanges([added, gone]));
  });

  it('DRF-03: is another set when one change came, went or moved on', () => {
    const all = [[gone], [gone, added], [added], [{ ...added, to: 'x' }], []];
    expect(new Set(all.map(spellChanges)).size).toBe(all.length);
  });
});

describe('a change in words', () => {
  const [a, b] = ['4be1'.padEnd(64, '0'), '90ac'.padEnd(64, '0')];

  it.each([
    [gone, '- gone from production'],
    [{ ...gone, op: 'added', to: '' }, '+ new'],
    [
      { kind: 'file', key: '.env.example', op: 'changed', from: `${a} A B`, to: `${b} A C D` },
      '~ sha256 4be1… → 90ac…  +C  +D  -B',
    ],
    [{ kind: 'file', key: '.replit', op: 'changed', from: a, to: b }, '~ sha256 4be1… → 90ac…'],
    [
      { kind: 'webhook', key: 'we_1', op: 'changed', from: 'enabled url=x', to: 'disabled url=x' },
      '~ enabled → disabled',
    ],
    [
      { kind: 'webhook', key: 'we_1', op: 'changed', from: 'enabled event=a', to: 'enabled event=a event=b' },
      '~ +event=b',
    ],
    [{ kind: 'code', key: 'A', op: 'added', to: '' }, '+ read by the code now'],
    [{ kind: 'schema', key: 'table a', op: 'changed', from: a, to: b }, '~ defined in another way'],
  ])('DRF-07: %j reads %s', (change, said) => {
    const one = { required: false, ...change } as DriftChange;
    expect(`${signOf(one)} ${sayChange(one, 'production')}`).toBe(said);
  });

  it('takes control characters out of what others wrote', () => {
    const from = 'enabled url=x';
    const change = { kind: 'webhook', key: 'we_1', op: 'changed', required: false } as const;
    const said = sayChange({ ...change, from, to: 'enabled url=\u001b[31mred' }, 'production');
    expect(said).toBe('url=x → url=red');
  });
});

it('DRF-04: lists the names of an .env.example, never what stands behind them', () => {
  const text = '# keys\nB=\nexport A=secret # note\r\nA=again\n\n  C = x\nno assignment\n';
  expect(listExampleNames(text)).toEqual(['A', 'B', 'C']);
});
