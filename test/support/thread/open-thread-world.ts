import { runNotify } from '../../../src/cli/notify/run-notify.ts';
import { conductPlan } from '../../../src/cli/runs/conduct-plan.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { type Check, defineStep, ReleaseError, type Step } from '../../../src/kit.ts';
import { makeAnnouncementRender } from '../../../src/report/messages/make-announcement-render.ts';
import { startSlack } from '../../../src/sandbox/servers/slack/start.ts';
import { makeSlack } from '../../../src/services/slack/real.ts';
import { announcement } from '../../../src/steps/slack/announce.ts';
import { factsUpTo, makeTalkativeRunbook } from '../announcing.ts';
import { MemoryLedger, MemoryStore } from '../memory/ledger.ts';
import { BOT_TOKEN, makeSurroundings } from '../slack-surroundings.ts';
import { makeTestContext } from '../test-context.ts';
import { answering, makeTestWired } from '../test-wired.ts';
import { makeAway } from './away.ts';
import { makeStoryClock } from './story-clock.ts';

const SCOPE = 'rur2/production';
const START = Date.parse('2025-10-01T14:00:00Z');
const CHANNELS = ['releases', 'engineering', 'incidents'] as const;

const ROUTES = {
  'release-start': ['releases', 'engineering'],
  'release-progress': ['releases'],
  'release-complete': ['releases', 'engineering'],
  'decision-needed': ['releases'],
  'rollback-start': ['incidents', 'engineering', 'releases'],
  'rollback-progress': ['incidents'],
  'rollback-complete': ['incidents', 'engineering', 'releases'],
};

const PEOPLE = {
  dana: { name: 'Dana Ito', slack: 'U0DANA', roles: ['deployment-lead', 'devops-lead'] },
  lee: { name: 'Lee Park', slack: 'U0LEE', roles: ['monitor', 'communications'] },
  noor: { name: 'Noor Aziz', slack: 'U0NOOR', roles: ['rollback-lead', 'incident-commander', 'on-call'] },
};

const DECISIONS = {
  2: {
    title: 'Do the smoke tests let us go on?',
    roles: ['deployment-lead', 'devops-lead'],
    inputs: ['smoke test results', 'health'],
    outcomes: ['CONTINUE', 'ROLLBACK'],
    ...{ anchor: 'T_live', afterMinutes: 5, decideWithinMinutes: 5 },
  },
};

interface WantedThread {
  readonly transport?: 'bot' | 'webhook';
  /** What happens while an entry is under way, by its name; it may throw. */
  readonly during?: Readonly<Record<string, () => void | Promise<void>>>;
  readonly over?: Record<string, unknown>;
}

/** What must be passed by the gates inside a plan. */
const passing = (gate: 'smoke' | 'post-deploy'): Check => ({
  ...answering(`app.${gate}`, 'pass'),
  gates: [gate],
});

/**
 * Runs of real plans through the real runner, with the real Slack adapter against the server of the sandbox. Every other step
 * takes its usual time and leaves what a good one leaves.
 */
export async function openThreadWorld({ transport = 'bot', during = {}, over = {} }: WantedThread = {}) {
  const told = makeTestContext({ command: 'deploy', flags: { yes: true } });
  const time = makeStoryClock(START, [told.context.stop.signal]);
  const { clock, pass } = time;
  const acts = new Map(Object.entries(during));
  const hookOf = (name: string): string => `/services/T0/B0/${name}`;
  const server = await startSlack({
    ...{ token: BOT_TOKEN, now: clock.now, timezone: 'America/New_York' },
    channels: CHANNELS.map((name) => ({ name, id: `C0${name.toUpperCase()}`, webhookPath: hookOf(name) })),
  });
  const places = CHANNELS.map((name) => [
    name,
    transport === 'bot' ? { id: `C0${name.toUpperCase()}` } : { webhook: `$HOOK_${name.toUpperCase()}` },
  ]);
  const slackSettings = {
    ...{ botToken: '$TOKEN', apiUrl: `${server.url}/api/`, timeoutSeconds: 2 },
    ...{ channels: Object.fromEntries(places), routes: ROUTES },
  };
  const runbook = makeTalkativeRunbook({
    services: { neon: { apiKey: '$NEON_API_KEY' }, stripe: {}, slack: slackSettings },
    roles: { 'deployment-lead': { title: 'Deployment Lead' }, 'devops-lead': { title: 'DevOps Lead' } },
    ...{ people: PEOPLE, decisions: DECISIONS },
    ...over,
  });
  const secrets = Object.fromEntries(
    CHANNELS.map((name) => [`$HOOK_${name.toUpperCase()}`, `${server.url}${hookOf(name)}`]),
  );
  const away = makeAway(server, time);
  const around = makeSurroundings({ url: server.url, clock, secrets });
  const slack = makeSlack({ ...around, runbook, fetch: away.fetch });
  const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'dana-mbp', clock });
  const wired: Wired = {
    ...makeTestWired({ checks: [passing('smoke'), passing('post-deploy')] }).wired,
    ...{ runbook, scope: SCOPE, ledger, clock, configured: new Set(['slack'] as const) },
    environment: runbook.environments.production as Wired['environment'],
    services: { slack } as unknown as Wired['services'],
    render: makeAnnouncementRender({ runbook, root: '/nowhere', redact: (text) => text }),
  };
  const did = new Map<string, JsonObject>();
  const stepsOf = (plan: Plan): readonly Step[] => {
    const others = plan.entries.flatMap((entry) => {
      if (entry.kind !== 'step' || entry.step === announcement.id) return [];
      const fake = defineStep<never, JsonObject, JsonObject>({
        ...{
          id: entry.step,
          def: entry.def,
          needs: [],
          effect: 'read',
          settleMs: 0,
          timeoutMs: 3_600_000,
          stop: 'safe',
        },
        title: () => entry.title,
        run: async (_, _input, context) => {
          await acts.get(context.step)?.();
          await away.atRest();
          pass(Math.max(5000, entry.usualMs ?? 0));
          const [name, around] = [entry.name, { ...plan, entries: [entry, { ...entry, name: ' ' }] }];
          const done = { ...factsUpTo(around, ' ')[name] };
          did.set(context.step, done);
          return done;
        },
        inspect: async (_, _input, { step }) => {
          const done = did.get(step);
          return done === undefined ? { state: 'absent' } : { state: 'done', done };
        },
        undo: { kind: 'nothing' },
      });
      return [fake as unknown as Step];
    });
    return [announcement as unknown as Step, ...new Map(others.map((one) => [one.id, one])).values()];
  };
  return {
    ...{ server, slack, runbook, wired, clock, pass, ledger, context: told.context, stderr: told.stderr },
    ...{ away: away.begin, passTo: time.leapTo },
    /** From now on that entry ends well. */
    mend: (name: string): void => void acts.delete(name),
    events: () => ledger.read(SCOPE),
    /** What the messages of a channel say first, heads of threads alone, oldest first. */
    heads: (channel: string) =>
      server.messages().filter((one) => one.channel === channel && one.thread === undefined),
    updates: () => server.calls.filter(({ path }) => path.endsWith('chat.update')).length,
    /** Waits until this is so: what is written beside a run is there a moment later. */
    until: async (isSo: () => boolean) => {
      while (!isSo()) await new Promise((done) => setImmediate(done));
    },
    /** Goes on with the open run, as another operator on another machine. */
    resume: async (command: 'deploy' | 'rollback') => {
      const order = { ledger, scope: SCOPE, actor: 'Noor Aziz', reason: 'goes on' };
      const { held, state } = await resumeRun(order, command);
      return conductPlan(told.context, { ...wired, steps: stepsOf(state.plan) }, { plan: state.plan, held });
    },
    /** Begins a run of this plan and carries it as far as it goes. */
    run: async (plan: Plan, run: string, preempt?: 'rollback') => {
      const order = { ledger, scope: SCOPE, run, actor: 'Dana Ito', reason: 'test' };
      const request = { plan, request: {}, configDigest: 'd' };
      const held = await startRun({ ...order, ...(preempt ? { preempt } : {}) }, request);
      return conductPlan(told.context, { ...wired, steps: stepsOf(plan) }, { plan, held });
    },
    /** What a person does once Slack is back. */
    resend: () => runNotify([], { resend: true }, told.context, wired),
    close: () => server.close(),
  };
}

export type ThreadWorld = Awaited<ReturnType<typeof openThreadWorld>>;

/** The first line of a message as everybody has it. */
export const titleOf = ({ text }: { readonly text: string }): string => text.split('\n')[0] ?? '';

/** A step that says no. */
export const breakDown = (): never => {
  throw new ReleaseError('E_PUBLISH_FAILED', {
    what: 'The build of v2.1.0 failed.',
    next: 'Look at the log of the host.',
    state: 'untouched',
  });
};
