import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { foldWatch } from '../../ledger/fold-watch.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { beginWatch } from './begin-watch.ts';
import type { Begun } from './begun.ts';
import type { Live, WayBack } from './live.ts';
import type { LiveOrder } from './live-order.ts';
import { canDraw, openScreen } from './screen/open-screen.ts';

function findWayBack(events: readonly LedgerEvent[], to: string): WayBack {
  const rollbacks = foldRuns(events).filter(
    ({ plan, end }) => plan.command === 'rollback' && end === 'completed',
  );
  const last = rollbacks.at(-1);
  const tookMs =
    last === undefined ? undefined : Date.parse(last.endedAt ?? last.lastAt) - Date.parse(last.startedAt);
  return { to, tookMs };
}

/**
 * When people were last told, in the time of the watch, and the way back; the recorder learns what an earlier watch of the
 * release had called for.
 */
async function lookBack(
  { watched, recorder, run, gapMs, now }: Begun,
  wired: Wired,
  base: Wired,
): Promise<Pick<Live, 'toldAt' | 'isFirst' | 'wayBack'>> {
  const since = new Date(watched.live).toISOString();
  const events = await base.ledger.read(base.scope);
  const { toldAt, calling, begun } = foldWatch(events, watched.version, since);
  recorder.remember(calling);
  const wayBack = findWayBack(events, watched.back);
  // A deploy ends with an update of its own.
  const isFirst = gapMs === undefined && toldAt === undefined && begun.every((one) => one === run);
  if (toldAt === undefined) return { toldAt: watched.open, isFirst, wayBack };
  const agoMs = base.clock.now().getTime() - Date.parse(toldAt);
  return { toldAt: now() - agoMs * (wired.clock.speed ?? 1), isFirst, wayBack };
}

function makeEnding(): Live['ended'] {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A watch that is about to begin: what is live, what its record knows, and who looks at it. */
export async function makeLive(
  order: LiveOrder,
  context: CliContext,
  { wired, base, tty }: Pick<Live, 'wired' | 'base' | 'tty'>,
): Promise<Live> {
  const screen = !order.once && canDraw(context) ? openScreen(context, tty.stderr) : undefined;
  // Whatever is said during the watch passes the screen, so that no line is written through it.
  const told = screen === undefined ? context : { ...context, out: { ...context.out, note: screen.note } };
  const begun = await beginWatch(order, { context: told, wired, base });
  return {
    ...begun,
    ...(await lookBack(begun, wired, base)),
    ...{ order, context: told, wired, base, tty, spoken: context.out, screen },
    ...{ ended: makeEnding(), began: begun.now() },
    hasKeys: screen !== undefined && context.terminal.canAsk,
    ...{ calling: new Map(), kept: new Set(), acknowledged: new Map(), fired: undefined, other: undefined },
    // One that stood when an earlier watch was killed stands until enough answers have come.
    ...{ doubt: begun.attention.openDoubt(), due: undefined, leaves: undefined, byHand: undefined },
  };
}
