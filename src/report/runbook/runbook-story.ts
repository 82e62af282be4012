import type { Runbook } from '../../config/schema/index.ts';
import type { Gate } from '../../domain/finding.ts';
import type { Plan } from '../../domain/plan.ts';

/** A check as the document names it. */
export interface StoryCheck {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly string[];
  readonly gates: readonly Gate[];
  readonly isAdvisory: boolean;
  /** Why this configuration has nothing for it to ask; undefined when it is asked. */
  readonly absent: string | undefined;
}

/** One way to put an environment back. */
export interface StoryWay {
  readonly title: string;
  readonly plan: Plan;
}

/** What is done in an environment that users depend on. */
export interface StoryEnvironment {
  readonly name: string;
  readonly deploy: Plan;
  /** The one that loses nothing first. */
  readonly ways: readonly StoryWay[];
  readonly checks: readonly StoryCheck[];
}

/** All that the generated runbook rests on: configuration, and what the program would do with it. */
export interface RunbookStory {
  readonly runbook: Runbook;
  /** How people name the configuration's file. */
  readonly file: string;
  readonly environments: readonly StoryEnvironment[];
}
