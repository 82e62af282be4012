import { Trail } from '../../domain/watch/trail.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Live } from './live.ts';

type AtTerminal = 'base' | 'spoken' | 'ended' | 'wayBack' | 'screen' | 'tty' | 'hasKeys' | 'trail';
type ByPeople = 'calling' | 'kept' | 'acknowledged' | 'due' | 'leaves' | 'byHand';

/** What a watch has of people and screens, where nobody sits: a look of its own. */
export const unattended = (context: CliContext, wired: Wired): Pick<Live, AtTerminal | ByPeople> => ({
  ...{ base: wired, tty: process, spoken: context.out, screen: undefined, hasKeys: false },
  ...{ ended: { promise: Promise.resolve(), resolve: () => undefined }, trail: new Trail(() => false) },
  ...{ wayBack: { to: 'previous', tookMs: undefined }, calling: new Map(), kept: new Set() },
  acknowledged: new Map(),
  ...{ due: undefined, leaves: undefined, byHand: undefined },
});
