import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import type { MessageEventData } from './message-event.ts';

interface Before {
  readonly plan: Plan;
  readonly facts: Readonly<Record<string, JsonObject>>;
}

/** What a run knows of its message once it was sent again: later ones answer it in its thread. Nothing for other messages. */
export function foldSent(
  { plan, facts }: Before,
  name: string,
  { sent, missed }: MessageEventData['message.sent'],
): Readonly<Record<string, JsonObject>> {
  if (!plan.entries.some((entry) => entry.name === name)) return {};
  const before = facts[name] ?? {};
  const earlier = Array.isArray(before.sent) ? (before.sent as readonly JsonObject[]) : [];
  const old = earlier.filter(({ channel }) => !sent.some((one) => one.channel === channel));
  const open = missed.map((channel) => ({ channel, said: 'sent again and not reached' }));
  const all = [...old, ...sent.map((one): JsonObject => ({ ...one }))];
  return { [name]: { ...before, sent: all, missed: open } };
}
