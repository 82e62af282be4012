import { minutes } from '../duration.ts';
import type { Change } from './change.ts';
import { isWorse } from './rule.ts';

/** Within so long a rule may change so often before it is said to go to and fro. */
const WITHIN_MS = minutes(5);
const MOST = 3;

/** How a change is told: said, said with the word that further ones are not, or not at all. */
export type Telling = 'said' | 'restless' | 'unsaid';

/**
 * Which changes are worth a line: a rule that goes to and fro between its limits and not knowing hides those that call. A call is
 * always said, and its end.
 */
export class Restless {
  private readonly recent = new Map<string, readonly number[]>();
  private readonly calling = new Set<string>();

  take({ rule, severity, at }: Pick<Change, 'rule' | 'severity' | 'at'>): Telling {
    const calls = isWorse(severity, 'hold');
    const called = this.calling.has(rule);
    if (calls) this.calling.add(rule);
    else this.calling.delete(rule);
    const now = Date.parse(at);
    const before = (this.recent.get(rule) ?? []).filter((one) => now - one < WITHIN_MS);
    this.recent.set(rule, [...before, now]);
    if (calls || called || before.length < MOST) return 'said';
    return before.length === MOST ? 'restless' : 'unsaid';
  }
}
