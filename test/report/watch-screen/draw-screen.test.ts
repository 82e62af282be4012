import { describe, expect, it } from 'vitest';
import { makePaint } from '../../../src/report/color.ts';
import { widthOf } from '../../../src/report/display-width.ts';
import { drawWatch } from '../../../src/report/watch-screen/draw-screen.ts';
import type { Alarm } from '../../../src/report/watch-screen/scene.ts';
import { burning, calm, look } from './scenes.ts';

const drawn = (...[scene, how]: Parameters<typeof drawWatch>) => `\n${drawWatch(scene, how).join('\n')}\n`;

describe('the screen of a watch', () => {
  it('shows head, state, metrics, the next to fire, what happened and the keys at 80 by 24', () => {
    expect(drawn(calm, look(80, 24))).toMatchInlineSnapshot(`
      "
      SANDBOX  release watch v2.1.0   PRODUCTION     22 / 120 min  ▓▓▓░░░░░░░░░░░░░░░

        HEALTHY   nothing above its limit                      next message 10:45 EDT

        metric               now    limit  last 20 min           state
        error rate         0.3 %    0.5 %  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ✔ ok
        p95               185 ms   200 ms  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ▲ 92 % of its limit
        p99               420 ms   500 ms  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ✔ ok
        payments ok        100 %     98 %  ████████████████████  ✔ ok
        logins failed          ?    0.1 %  no samples for 4 min  ? unknown
        6 that need not be measured are not

        rules closest to firing
        P0 error rate POST /pay             6.2 % ≥ 5 %  ▓▓▓▓▓░░░░ 3:10 of 5:00
        hold p95                            needs 200 ms for 5 min, has 185 ms

        10:41:20  ok    p95-ms  back within its limits
        keys  n note   m send update   q leave
      "
    `);
  });

  it('RBC-P0: shows the block that people have to answer, with what is known and nothing else', () => {
    expect(drawn(burning, look(80, 24))).toMatchInlineSnapshot(`
      "
      SANDBOX  release watch v2.1.0   PRODUCTION     22 / 120 min  ▓▓▓░░░░░░░░░░░░░░░

        ROLL BACK (P0)   error rate                            next message 10:45 EDT
        ████ ROLL BACK (P0)   error rate POST /pay for 5 min 
             begin within 4 min 10 s, by 10:52:00
             On-call starts it alone
             how long a rollback takes here is not known
             r  roll back now to v2.0.3   w  keep watching (say why)

        metric               now    limit  last 20 min           state
        error rate         0.3 %    0.5 %  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ✔ ok
        p95               185 ms   200 ms  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ▲ 92 % of its limit
        p99               420 ms   500 ms  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ✔ ok
        payments ok        100 %     98 %  ████████████████████  ✔ ok
        logins failed          ?    0.1 %  no samples for 4 min  ? unknown
        6 that need not be measured are not

        rules closest to firing
        P0 error rate POST /pay             6.2 % ≥ 5 %  ▓▓▓▓▓░░░░ 3:10 of 5:00
        hold p95                            needs 200 ms for 5 min, has 185 ms
        10:41:20  ok    p95-ms  back within its limits
        keys  n note   m send update   q leave
      "
    `);
  });

  it('DP-3b: breaks the lines of a block between words, and cuts none of them', () => {
    const said =
      'HOLD: not SUCCESS as it stands: above a limit: error rate; not measured enough: logins failed, p95';
    const alarm: Alarm = {
      ...({ level: 'hold', isLoud: true, head: 'DECISION 3   Did the critical minutes go well?' } as const),
      ...{ lines: ['deployment-lead, engineering-lead: SUCCESS or ROLLBACK', said], keys: 'd  write down' },
    };
    for (const columns of [60, 80, 120]) {
      const text = drawWatch({ ...calm, alarms: [alarm] }, look(columns, 40))
        .join(' ')
        .replace(/ +/g, ' ');
      for (const words of [alarm.head, ...alarm.lines, alarm.keys])
        expect(text).toContain(words.replace(/ +/g, ' '));
    }
  });

  it('RBC-P0: shows a call that was acknowledged without its block', () => {
    const [loud] = burning.alarms;
    const quiet = loud === undefined ? [] : [{ ...loud, isLoud: false }];
    const lines = drawWatch({ ...burning, alarms: quiet }, look(80, 24, { paint: makePaint(true) }));
    expect(lines.join('\n')).toContain(' ──── ROLL BACK (P0)   error rate POST /pay for 5 min');
    expect(lines.join('\n')).not.toContain('████ ROLL BACK');
  });

  it('keeps what calls, and how to answer it, on 40 columns and 10 rows', () => {
    expect(drawn(burning, look(40, 10))).toMatchInlineSnapshot(`
      "
      SANDBOX  v2.1.0   PRODUCTION   22/120 …
        ROLL BACK (P0)   error rate
        next message 10:45 EDT
        ████ ROLL BACK (P0)   error rate P… 
         begin within 4 min 10 s, by 10:52:00
         r  roll back now to v2.0.3   w  kee…
        p95               185 ms  ▲ 92 % of …
        keys  n note  m send update  q leave
      "
    `);
  });

  it('has longer names and every word of a state on 120 columns', () => {
    expect(drawn(calm, look(120, 40))).toMatchInlineSnapshot(`
      "
      SANDBOX  release watch v2.1.0   PRODUCTION                                         22 / 120 min  ▓▓▓▓░░░░░░░░░░░░░░░░░░

        HEALTHY   nothing above its limit                                                              next message 10:45 EDT

        metric                        now    limit  last 20 min           state
        error rate                  0.3 %    0.5 %  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ✔ ok
        p95                        185 ms   200 ms  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ▲ 92 % of its limit
        p99                        420 ms   500 ms  ▂▂▄▂ ▆█▂▂▂▂▂▂▂▂▂▂▂▂▂  ✔ ok
        payments ok                 100 %     98 %  ████████████████████  ✔ ok
        logins failed                   ?    0.1 %  no samples for 4 min  ? unknown
        6 that need not be measured are not

        rules closest to firing
        P0 error rate POST /pay                             6.2 % ≥ 5 %  ▓▓▓▓▓░░░░ 3:10 of 5:00
        hold p95                                            needs 200 ms for 5 min, has 185 ms

        10:41:20  ok    p95-ms  back within its limits
        keys  n note   m send update   q leave
      "
    `);
  });

  it('says the same in plain characters', () => {
    const plain = drawn(burning, look(80, 24, { ascii: true }));
    expect(plain).toMatchInlineSnapshot(`
      "
      SANDBOX  release watch v2.1.0   PRODUCTION     22 / 120 min  ###...............

        ROLL BACK (P0)   error rate                            next message 10:45 EDT
        #### ROLL BACK (P0)   error rate POST /pay for 5 min 
             begin within 4 min 10 s, by 10:52:00
             On-call starts it alone
             how long a rollback takes here is not known
             r  roll back now to v2.0.3   w  keep watching (say why)

        metric               now    limit  last 20 min           state
        error rate         0.3 %    0.5 %  ..-. +#.............  [ok]   ok
        p95               185 ms   200 ms  ..-. +#.............  [warn] 92 % of its ~
        p99               420 ms   500 ms  ..-. +#.............  [ok]   ok
        payments ok        100 %     98 %  ####################  [ok]   ok
        logins failed          ?    0.1 %  no samples for 4 min  [??]   unknown
        6 that need not be measured are not

        rules closest to firing
        P0 error rate POST /pay             6.2 % >= 5 %  #####.... 3:10 of 5:00
        hold p95                            needs 200 ms for 5 min, has 185 ms
        10:41:20  ok    p95-ms  back within its limits
        keys  n note   m send update   q leave
      "
    `);
    expect(plain).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('shows what is typed, its end where there is too much of it, and nothing that is no letter', () => {
    const typing = { question: 'note:', text: `\u001b[2J${'x'.repeat(90)}the end` };
    const lines = drawWatch({ ...calm, typing }, look(80, 24));
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^ {2}note: x+the end_$/),
      '  Enter sends, Esc leaves it',
    ]);
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('fits every terminal, with colours or without', () => {
    for (const paint of [makePaint(true), makePaint(false)])
      for (const columns of [20, 40, 60, 72, 80, 100, 200])
        for (const rows of [6, 10, 16, 24, 60]) {
          const lines = drawWatch(burning, look(columns, rows, { paint }));
          expect(Math.max(...lines.map(widthOf))).toBeLessThan(columns);
          if (rows >= 10) expect(lines.length).toBeLessThanOrEqual(rows - 2);
        }
  });
});
