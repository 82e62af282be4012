import { minutes } from '../duration.ts';
import type { RuleView } from './view-rule.ts';

/** How many minutes back a trail shows. */
export const TRAIL_MINUTES = 20;

/** A minute of one rule; `minute` counts from 1970. */
interface Slot {
  minute: number;
  /** The reading that was nearest to trouble; undefined: nothing was known. */
  value: number | undefined;
}

type Which = (rule: string) => boolean;

const minuteOf = (at: number): number => Math.floor(at / minutes(1));

/**
 * The last twenty minutes of every rule, a reading a minute, in slots that are used again: a watch of days keeps no more
 * than one of an hour. `isFloor` says of which rules low readings are the bad ones.
 */
export class Trail {
  private readonly byRule = new Map<string, Slot[]>();
  private readonly isFloor: Which;

  constructor(isFloor: Which) {
    this.isFloor = isFloor;
  }

  note(at: number, views: readonly RuleView[]): void {
    for (const view of views) this.keep(this.slotOf(view.id, minuteOf(at)), view);
  }

  /** The oldest minute first. A minute in which nobody watched, or nothing was told, stays empty. */
  of(rule: string, at: number): readonly (number | undefined)[] {
    const slots = this.byRule.get(rule);
    const first = minuteOf(at) - TRAIL_MINUTES + 1;
    return Array.from({ length: TRAIL_MINUTES }, (_, i) => {
      const slot = slots?.[(first + i) % TRAIL_MINUTES];
      return slot?.minute === first + i ? slot.value : undefined;
    });
  }

  private slotOf(rule: string, minute: number): Slot {
    const made = (): Slot => ({ minute: -1, value: undefined });
    const slots = this.byRule.get(rule) ?? Array.from({ length: TRAIL_MINUTES }, made);
    this.byRule.set(rule, slots);
    const slot = slots[minute % TRAIL_MINUTES] as Slot;
    if (slot.minute !== minute) {
      slot.minute = minute;
      slot.value = undefined;
    }
    return slot;
  }

  private keep(slot: Slot, { id, value, knowledge }: RuleView): void {
    if (value === undefined || (knowledge !== 'measured' && knowledge !== 'thin')) return;
    const isNearer = slot.value === undefined || (this.isFloor(id) ? value < slot.value : value > slot.value);
    if (isNearer) slot.value = value;
  }
}
