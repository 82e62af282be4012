import { plural } from '../../../domain/plural.ts';
import type { Call, Created, Sending } from './call.ts';
import { type CleanUp, cleanUp, sayHowItGoes } from './clean-up.ts';
import { findLeft, isGoneWith, sayMayBeLeft } from './find-left.ts';
import type { Pass } from './first-pass.ts';
import type { SmokeOrder } from './make-pass.ts';

/** Longest time that taking away may last, also after Ctrl-C (ux 2.12). */
const TIDY_MS = 10_000;

const add = (a: CleanUp, b: CleanUp): CleanUp => ({
  created: a.created + b.created,
  deleted: a.deleted + b.deleted,
  ...(b.found === undefined ? {} : { found: (a.found ?? 0) + b.found }),
  left: [...new Set([...a.left, ...b.left])],
});

/** Where a wrong or lost answer left nothing that carries the run's name, a person has to look. */
const sayNotFound = (doubted: readonly Call[], found: readonly Created[], run: string): string[] =>
  doubted
    .filter((call) => !isGoneWith(call) && !found.some((one) => one.call === call))
    .map((call) => sayMayBeLeft(call, run));

/** What the wrong and the lost answers of this try left: only what carries the run's name is taken away (E-72). */
async function tidyDoubts(
  doubts: readonly Created[],
  sending: Sending,
  { run }: SmokeOrder,
  since: Date,
): Promise<CleanUp> {
  const calls = [...new Set(doubts.map(({ call }) => call))];
  const { found } = await findLeft(calls, sending, { run, since });
  const { left, ...counts } = await cleanUp(found, sending);
  return { ...counts, left: [...left, ...sayNotFound(calls, found, run)] };
}

/** What a killed try of this run made before it. */
async function tidyEarlier(
  { calls, leaveOut }: Pass,
  sending: Sending,
  order: SmokeOrder,
  since: Date,
): Promise<CleanUp> {
  const { run, tell } = order;
  const sent = calls.filter((call) => leaveOut(call) === undefined);
  const { found, unsure } = await findLeft(sent, sending, { run, since });
  const { left, ...counts } = await cleanUp(found, sending);
  if (counts.deleted > 0) tell(`taken away what a killed try had made: ${plural(counts.deleted, 'record')}`);
  return { ...counts, found: counts.created, left: [...left, ...unsure] };
}

const isDoubtful = ({ isDoubtful: is }: Created): boolean => is === true;

/** What of the run's records is taken away: all of it, or what must not stay, whoever asks for it. */
function choose(created: readonly Created[], keeps: boolean): { goes: Created[]; stays: Created[] } {
  // Whoever has the address of an open checkout can pay it (E-73).
  const mustGo = ({ call: { undo } }: Created): boolean => undo !== undefined && !('path' in undo);
  return {
    goes: created.filter((one) => !keeps || mustGo(one)),
    stays: created.filter((one) => keeps && !mustGo(one)),
  };
}

const sayKept = (stays: readonly Created[], run: string): string[] => [
  ...stays.filter((one) => !isDoubtful(one)).map(sayHowItGoes),
  ...new Set(stays.filter(isDoubtful).map(({ call }) => sayMayBeLeft(call, run))),
];

/**
 * Takes away what this try made since `began`, and then what a killed one before it made; what stays is listed, also what
 * stays on purpose.
 */
export async function tidyUp(pass: Pass, order: SmokeOrder, began: Date): Promise<CleanUp> {
  const limit = AbortSignal.timeout(TIDY_MS);
  const signal = order.leave ? AbortSignal.any([limit, order.leave]) : limit;
  const sending: Sending = { ...pass.sending, signal };
  const { goes, stays } = choose(pass.created, order.keeps === true);
  const sure = await cleanUp(
    goes.filter((one) => !isDoubtful(one)),
    sending,
  );
  const own = add(sure, await tidyDoubts(goes.filter(isDoubtful), sending, order, began));
  if (order.keeps) return { ...own, created: own.created + stays.length, kept: sayKept(stays, order.run) };
  if (order.triedSince === undefined) return own;
  return add(own, await tidyEarlier(pass, sending, order, order.triedSince));
}
