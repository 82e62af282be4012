import { runNotify } from '../../../src/cli/notify/run-notify.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { NewEvent } from '../../../src/ledger/event.ts';
import type { Letter } from '../../../src/services/mail/port.ts';
import { factsUpTo, makeDeployPlan, makeTalkativeRunbook } from '../../support/announcing.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makeCliWorld, type WantedWorld } from '../cli-world.ts';

const SCOPE = 'rur2/production';

/** A run as the engine leaves it in the ledger, entry by entry. */
interface Past {
  readonly plan: Plan;
  readonly run?: string;
  /** What became of entries; one that is not named is done. */
  readonly ends?: Readonly<Record<string, 'open' | { readonly code: string; readonly said: string }>>;
  readonly facts?: Readonly<Record<string, JsonObject>>;
  readonly isOpen?: boolean;
  readonly scope?: string;
  readonly request?: JsonObject;
}

const sentTo = (channels: readonly string[]): JsonObject => ({
  sent: channels.map((channel, i) => ({
    channel,
    transport: 'bot',
    ts: `${i + 1}.0`,
    channelId: `C-${channel}`,
  })),
  missed: [],
});

/** A ledger, a Slack of memory with threads in #releases and a webhook in #ops, and a person. */
export function makeNotifyWorld(wanted: WantedWorld & { readonly over?: Record<string, unknown> } = {}) {
  const slack = { botToken: '$T', channels: { releases: { id: 'C0RELEASES' }, ops: { webhook: '$HOOK' } } };
  const routes = {
    ...{ 'release-start': ['releases', 'ops'], 'release-progress': ['releases'] },
    ...{
      'release-complete': ['releases'],
      'rc-ready': ['releases'],
      incident: ['releases'],
      'rollback-complete': ['releases'],
    },
  };
  const runbook = makeTalkativeRunbook({
    services: {
      slack: { ...slack, routes },
      mail: { from: 'r@rur2.example', stakeholders: ['boss@rur2.example'] },
    },
    ...wanted.over,
  });
  const letters: { letter: Letter; name: string }[] = [];
  const messages = new MemorySlack({ releases: 'bot', ops: 'webhook' }, () => world.time.clock.now());
  const mail = {
    send: async (letter: Letter, name: string) => {
      letters.push({ letter, name });
      return runbook.services.mail?.smtp === undefined
        ? { files: [`/outbox/${name}.eml`, `/outbox/${name}.txt`] }
        : { files: [], messageId: '<1@rur2>' };
    },
  };
  const world = makeCliWorld({ command: 'notify', runbook, services: { slack: messages, mail }, ...wanted });
  const { ledger } = world;
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return (drawn % 97) / 97;
  };
  const context = { ...world.context, random };
  const past = async ({
    plan,
    run = 'r-7f3a',
    ends = {},
    facts = {},
    isOpen = false,
    scope = SCOPE,
    request: asked = {},
  }: Past): Promise<void> => {
    const held = await ledger.acquire(scope, { run, actor: 'Dana Ito', reason: 'release' });
    const append = (event: Omit<NewEvent, 'run'>) => ledger.append(held, { ...event, run } as NewEvent);
    const request = { plan, request: asked, configDigest: 'd' };
    await append({ id: `${run}:planned`, type: 'run.planned', data: request } as NewEvent);
    const known = { ...factsUpTo(plan, ''), ...facts };
    for (const entry of plan.entries) {
      const end = ends[entry.name];
      if (end === 'open') break;
      const at = { step: entry.name };
      const intent = { attempt: 1, key: 'k', inputDigest: 'd' };
      await append({ ...at, id: `${run}:${entry.name}:1`, type: 'step.intent', data: intent } as NewEvent);
      const isMessage = entry.kind === 'step' && entry.step === 'slack.announce';
      const input = (entry.kind === 'step' ? entry.input : {}) as { channels?: string[] };
      const own = isMessage ? sentTo(input.channels ?? []) : (known[entry.name] ?? {});
      const done = { how: 'effect', done: { ...own, at: world.time.clock.now().toISOString() }, tookMs: 1 };
      await append(
        (end === undefined
          ? { ...at, id: `${run}:${entry.name}:2`, type: 'step.done', data: done }
          : { ...at, id: `${run}:${entry.name}:2`, type: 'step.warned', data: end }) as NewEvent,
      );
    }
    if (!isOpen)
      await append({
        id: `${run}:end`,
        type: 'run.finished',
        data: { verdict: 'completed', said: '' },
      } as NewEvent);
    await ledger.release(held, 'over');
  };
  const notify = (args: readonly string[], options: Record<string, string | boolean | string[]> = {}) =>
    runNotify(args, options, context, world.wired);
  return { ...world, runbook, slack: messages, letters, past, notify, plan: makeDeployPlan(runbook) };
}
