import { describe, expect, it } from 'vitest';
import { runNote } from '../../../src/cli/note/run-note.ts';
import { makeNotes } from '../../../src/cli/watch/sources/notes.ts';
import { foldWatch } from '../../../src/ledger/fold-watch.ts';
import { makePaint } from '../../../src/report/color.ts';
import { sayWhy } from '../../../src/report/why-text.ts';
import { endOf, makeCliWorld } from '../cli-world.ts';

const world = () => makeCliWorld({ command: 'note', live: async () => ({ version: '2.1.0', latencyMs: 1 }) });

type World = ReturnType<typeof world>;

const note = (told: World, text: string | undefined, options: Record<string, string> = {}) =>
  endOf(runNote(text === undefined ? [] : [text], options, told.context, told.wired));

const sample = ({ wired }: World) =>
  makeNotes({ wired, version: 'v2.1.0' }, 0).sample(new AbortController().signal);

describe('release note', () => {
  it('EXT-04, MON-13, RBC-P2-4, V24-03: complaints about the same issue are counted, from whichever machine', async () => {
    const told = world();
    await note(told, 'export hangs', { complaint: 'export' });
    await note(told, 'export hangs too', { complaint: 'export' });
    const { result } = await note(told, 'wrong logo', { complaint: 'logo' });
    expect(result?.text).toContain('1 about logo');
    expect(await sample(told)).toEqual([
      { metric: 'complaints', series: 'export', source: 'notes', value: 2 },
      { metric: 'complaints', series: 'logo', source: 'notes', value: 1 },
    ]);
  });

  it('RBC-P0-5, RBC-P0-6, RBC-P2-3, E-118: what is declared counts until it is resolved', async () => {
    const told = world();
    const { result } = await note(told, 'data of others is visible', { severity: 'P0' });
    const id = String(result?.result.id);
    const declared = { metric: 'declared', series: id, source: 'notes' };
    expect(await sample(told)).toEqual([{ ...declared, value: 3 }]);
    expect(result?.next).toEqual([`release note "it is over" --resolves ${id} --env production`]);
    await note(told, 'closed', { resolves: id });
    expect(await sample(told)).toEqual([{ ...declared, value: 0 }]);
  });

  it('CMP-03, CMP-04, CMP-05, V7-03, V7-04, V7-05: what people did is shown with their name to whoever asks why', async () => {
    const done = [
      'status page says All Systems Operational',
      'handed over to on-call',
      'retrospective on Monday at 10:00',
      'feedback of the week: three like the new export',
      'bugs triaged, none of this release',
    ];
    const told = world();
    for (const text of done) await note(told, text);
    const record = foldWatch(await told.wired.ledger.read(told.wired.scope), 'v2.1.0');
    const telling = { now: 0, zone: 'UTC', rules: {}, everyMinutes: 15 };
    const look = { paint: makePaint(false), ascii: false, columns: 80 };
    const lines = sayWhy({ env: 'production', record }, telling, look).slice(-done.length);
    expect(lines).toEqual(done.map((text) => expect.stringContaining(`note  ${text} (`)));
  });

  it('refuses a note without words, and one that resolves nothing', async () => {
    expect((await note(world(), undefined)).code).toBe('E_ARGUMENTS');
    expect((await note(world(), 'x', { resolves: 'n-none' })).code).toBe('E_ARGUMENTS');
  });

  it('keeps what a person typed on one line', async () => {
    const told = world();
    const { result } = await note(told, 'first\n::error::second\u001b[31m');
    expect(String(result?.result.text)).not.toMatch(/[\n\u001b]/);
  });
});
