/** What people sign on the way to a decision, each about one thing (PRE-17, PRE-21 to PRE-23, DAY-29). */
export const REVIEWS = ['acceptance', 'security', 'performance', 'critical-paths'] as const;
export type Review = (typeof REVIEWS)[number];

export const isReview = (point: unknown): point is Review => REVIEWS.some((one) => one === point);

/** What a review is about, and what has to be known before somebody signs it. */
export interface ReviewSpec {
  readonly title: string;
  /** A candidate is reviewed before decision 1, a run before decision 2. */
  readonly about: 'candidate' | 'run';
  /** Checks of preflight whose answers it rests on. */
  readonly checks: readonly string[];
  /** True: whoever says yes names an address at which it is written down. */
  readonly needsLink: boolean;
}

export const REVIEW_SPECS: Readonly<Record<Review, ReviewSpec>> = {
  acceptance: {
    title: 'Have users tried it on staging, and is it accepted?',
    about: 'candidate',
    checks: ['app.staging'],
    needsLink: true,
  },
  security: {
    title: 'May it go out with what the scans have found?',
    about: 'candidate',
    checks: ['security.audit', 'security.scanners'],
    needsLink: false,
  },
  performance: {
    title: 'Is it as fast as it has to be?',
    about: 'candidate',
    checks: ['tests.performance'],
    needsLink: false,
  },
  'critical-paths': {
    title: 'Do login, creating and paying work by hand?',
    about: 'run',
    checks: [],
    needsLink: false,
  },
};

/** The good word first. */
export const REVIEW_OUTCOMES = ['APPROVED', 'DECLINED'] as const;
