import type { Finding, Gate } from '../domain/finding.ts';
import type { Plan } from '../domain/plan.ts';
import type { Verdict } from '../domain/verdict.ts';

/** What the engine tells while it works. Renderers subscribe; nothing here is asked back. */
export type EngineEvent =
  | {
      readonly type: 'gate.started';
      readonly gate: Gate;
      readonly checks: readonly { readonly id: string; readonly title: string; readonly room: string }[];
      readonly absent: readonly string[];
    }
  | { readonly type: 'check.started'; readonly check: string; readonly room: string }
  | { readonly type: 'check.result'; readonly finding: Finding }
  | { readonly type: 'gate.decided'; readonly gate: Gate; readonly verdict: Verdict }
  | {
      readonly type: 'run.started';
      readonly run: string;
      readonly plan: Plan;
      readonly resumed: boolean;
      readonly done: readonly string[];
    }
  | {
      readonly type: 'step.started';
      readonly name: string;
      readonly title: string;
      readonly index: number;
      readonly total: number;
      readonly usualMs?: number;
      /** It goes beside the rest: other steps start and end while it is under way. */
      readonly beside?: true;
    }
  | { readonly type: 'step.settling'; readonly name: string; readonly untilMs: number; readonly said: string }
  | { readonly type: 'step.told'; readonly name: string; readonly said: string }
  | {
      readonly type: 'step.done';
      readonly name: string;
      readonly how: 'effect' | 'inspected' | 'operator' | 'skipped' | 'earlier';
      readonly tookMs: number;
      readonly said: string;
    }
  | { readonly type: 'step.warned'; readonly name: string; readonly code: string; readonly said: string }
  | { readonly type: 'step.failed'; readonly name: string; readonly code: string; readonly said: string }
  | {
      readonly type: 'decision.due';
      readonly point: number;
      readonly title: string;
      readonly roles: readonly string[];
    }
  | { readonly type: 'stopping'; readonly after: string; readonly usualMs?: number }
  | {
      readonly type: 'run.ended';
      readonly run: string;
      readonly verdict: 'completed' | 'reached' | 'failed' | 'paused' | 'in-doubt' | 'fenced';
      readonly said: string;
      readonly tookMs: number;
    };

export type Emit = (event: EngineEvent) => void;
