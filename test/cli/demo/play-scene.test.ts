import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playScene } from '../../../src/cli/demo/play-scene.ts';
import { route, type StandIn, startStandIn } from '../../../src/sandbox/servers/router.ts';
import { makeTestContext } from '../../support/test-context.ts';

let control: StandIn;
let asked: string[];

beforeEach(async () => {
  asked = [];
  const keep = (path: string) => (call: { readonly body: Buffer }) => {
    asked.push(`${path} ${call.body.toString('utf8')}`.trim());
    return { status: 200, json: {} };
  };
  control = await startStandIn([
    route('POST /users', keep('users')),
    route('POST /break/:what', keep('break')),
    route('POST /prepare-bad', keep('bad')),
  ]);
});
afterEach(() => control.close());

function stageAt(speed: number) {
  const { context, stdout } = makeTestContext({ command: 'demo' });
  const slept: number[] = [];
  const clock = { ...context.clock, sleep: async (ms: number) => void slept.push(ms) };
  const world = {
    pid: process.pid,
    control: control.url,
    token: 't',
    config: '',
    app: '',
    staging: '',
    speed,
  };
  return { stage: { world, context: { ...context, clock }, isLeft: true }, stdout, slept };
}

describe('a scene of the demo', () => {
  it.each([
    [60, 25],
    [240, 100],
    [600, 200],
    [6, 2.5],
  ])('in which people come: enough of them for every minute, at speed %i', async (speed, perSecond) => {
    const { stage, stdout, slept } = stageAt(speed);
    await playScene({ kind: 'users', says: 'Users.', minutes: 4 }, stage);
    expect(asked).toEqual([`users {"perSecond":${perSecond}}`]);
    expect(slept).toEqual([(4 * 60_000) / speed]);
    expect(stdout()).toContain(`${speed} of their seconds`);
  });

  it('in which something breaks, or a bad release is prepared, is played by the sandbox', async () => {
    const { stage } = stageAt(60);
    await playScene({ kind: 'break', says: 'It breaks.', what: 'app' }, stage);
    await playScene({ kind: 'bad-release', says: 'It is prepared.' }, stage);
    expect(asked).toEqual(['break', 'bad']);
  });
});
