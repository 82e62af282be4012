import { isReleaseError } from '../../../domain/failure.ts';
import { runNote } from '../../note/run-note.ts';
import { callOf, type Live } from '../live.ts';
import { startByHand } from '../roll-back.ts';
import type { Updates } from '../updates.ts';
import { findCall, findLoud } from './make-alarms.ts';
import type { Key } from './read-keys.ts';
import { type Typing, typeKey } from './type-line.ts';

/** What a person at the keyboard does with a watch. */
export interface Desk {
  press(key: Key): void;
  /** What is being typed. */
  typing(): Typing | undefined;
}

/** What the desk needs beside the watch. */
export interface DeskTools {
  readonly updates: Pick<Updates, 'sendNow'>;
  /** Called when something has to be drawn at once. */
  readonly changed: () => void;
  /** The keyboard is given to a question of somebody else, and taken back. */
  readonly lend: (work: Promise<unknown>) => void;
}

type Ask = (question: string, take: (text: string) => void) => void;

/** Into the ledger by the way of `release note`, so that every watch and the history have it. */
async function writeDown(text: string, { context, base }: Live): Promise<boolean> {
  try {
    const { text: said } = await runNote([text], {}, { ...context, command: 'note' }, base);
    context.out.note(`  ${said}`);
    return true;
  } catch (error) {
    context.out.note(
      `  not noted: ${isReleaseError(error) ? error.text.what : 'the ledger cannot be written'}`,
    );
    return false;
  }
}

function keepWatching(live: Live, ask: Ask): void {
  const call = findCall(live);
  if (call === undefined) {
    live.context.out.note('  nothing calls for a rollback; it is watched on anyway');
    return;
  }
  ask(`${call.severity} ${call.rule}: why keep watching?`, async (why) => {
    // Only what stands in the record counts as answered.
    if (
      await writeDown(
        `keeps watching in spite of ${call.severity} ${call.rule} (${call.row ?? ''}): ${why}`,
        live,
      )
    )
      live.kept.add(callOf(call));
  });
}

/** What shouts is quiet from here on, until something new calls; the record says who has seen it. */
async function acknowledge(live: Live): Promise<void> {
  const { context, acknowledged, now } = live;
  const call = findLoud(live);
  if (call === undefined) {
    const more = live.due === undefined ? '' : `; d says how decision ${live.due.point} is given`;
    context.out.note(`  nothing calls that was not acknowledged${more}`);
    return;
  }
  const seen = { by: await context.readActor(), at: now() };
  if (await writeDown(`acknowledged ${call.severity} ${call.rule} (${call.row ?? ''})`, live))
    acknowledged.set(callOf(call), seen);
}

/** Whoever decides signs on a machine of their own, and looks at what they sign; a key of this screen signs for nobody. */
function sayHowToDecide({ due, context, base, watched }: Live): void {
  if (due === undefined) {
    context.out.note('  no decision is due now');
    return;
  }
  const { point, roles, outcomes } = due;
  const line = `release approve ${watched.version} --point ${point} --env ${base.env}`;
  context.out.note(`  decision ${point}, ${outcomes.join(' or ')}, by ${roles.join(', ')}:  ${line}`);
}

function rollBack(live: Live, { lend }: DeskTools): void {
  if (live.byHand !== undefined) return;
  live.byHand = startByHand(live, findCall(live));
  lend(live.byHand);
}

/** One key that stands for something; others do nothing. */
function act(sign: string, live: Live, ask: Ask, tools: DeskTools): void {
  if (sign === 'n') ask('note:', (text) => void writeDown(text, live));
  if (sign === 'm') tools.updates.sendNow();
  if (sign === 'r') rollBack(live, tools);
  if (sign === 'a') void acknowledge(live).then(tools.changed);
  if (sign === 'd') sayHowToDecide(live);
  if (sign === 'w') keepWatching(live, ask);
  if (sign === 'q') live.leaves ??= 'unwatched';
}

/** Keys of a watch (ux 2.13). While a line is typed, every key is a part of it; the watch goes on meanwhile. */
export function makeDesk(live: Live, tools: DeskTools): Desk {
  let typing: Typing | undefined;
  const ask: Ask = (question, take) => {
    typing = { question, text: '', take };
  };
  const type = (now: Typing, key: Key): void => {
    const next = typeKey(now, key);
    typing = typeof next === 'string' ? undefined : next;
    if (next === 'sent') now.take(now.text);
  };
  return {
    press: (key) => {
      if (typing !== undefined) type(typing, key);
      else if ('sign' in key) act(key.sign, live, ask, tools);
      tools.changed();
    },
    typing: () => typing,
  };
}
