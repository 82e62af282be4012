import type { Span } from '../../domain/calendar/calendar.ts';

/** A stretch of time in which somebody is on call, as PagerDuty counts it. */
export interface Shift {
  /** Id of the person at PagerDuty. */
  readonly id: string;
  readonly name: string;
  /** Left out where PagerDuty does not tell it. */
  readonly email?: string;
  /** ms since 1970; minus or plus infinity: without end. */
  readonly from: number;
  readonly to: number;
}

/** Who is on call, by the schedules that people really answer to. Nothing is ever changed there. */
export interface PagerDutyPort {
  /**
   * Shifts of a role of services.pagerduty.roles that touch the span; empty: nobody is on call. Throws E_PAGERDUTY_KEY,
   * E_PAGERDUTY_BUSY, E_PAGERDUTY_REFUSED, E_PAGERDUTY_UNREACHABLE.
   */
  listShifts(role: string, span: Span, signal?: AbortSignal): Promise<readonly Shift[]>;
}
