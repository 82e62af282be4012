/** Every message the program can send (ux 3.1). */
export const TEMPLATE_NAMES = [
  'release-scheduled',
  'release-start',
  'release-progress',
  'release-complete',
  'release-complete-email',
  'release-successful',
  'rollback-start',
  'rollback-progress',
  'rollback-complete',
  'rollback-confirmed',
  'customer-rollback',
  'incident-report',
  'engineering-update',
  'support-brief',
  'incident',
  'command-taken',
  'rc-ready',
  'rc-staged',
  'no-go',
  'drift-alert',
  'decision-needed',
  'handoff-ready',
  'takeover',
  'tasks-overdue',
  'release-card',
  'rollback-card',
] as const;

export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** Those to stakeholders and customers, which go by mail or by hand. */
const TO_OTHERS = ['release-complete-email', 'customer-rollback', 'incident-report'] as const;

export type LetterName = (typeof TO_OTHERS)[number];

/** True for what goes to people outside the team: only ever sent by a person (COM-08, E-106). */
export const isLetter = (name: TemplateName): name is LetterName =>
  (TO_OTHERS as readonly TemplateName[]).includes(name);

/** What the message that opened a thread becomes as the run moves on. It is where that message is, and has no channel of its own. */
const CARDS = ['release-card', 'rollback-card'] as const;

export type CardName = (typeof CARDS)[number];

export const isCard = (name: TemplateName): name is CardName =>
  (CARDS as readonly TemplateName[]).includes(name);

/** Messages to the team, each of which needs a channel. */
export const TEAM_MESSAGES: readonly TemplateName[] = TEMPLATE_NAMES.filter(
  (name) => !isLetter(name) && !isCard(name),
);

/** Not every team has somebody beside it whom these are for (E-115), or wants to read of staging: without a route nobody is missed. */
export const OPTIONAL_MESSAGES: readonly TemplateName[] = ['support-brief', 'rc-staged'];

export const isTemplateName = (name: string): name is TemplateName =>
  (TEMPLATE_NAMES as readonly string[]).includes(name);

/** Messages that have no route of their own go where this one goes: whoever reads of a release must read of them. */
const GOES_WITH: { readonly [K in TemplateName]?: TemplateName } = {
  takeover: 'release-start',
  'command-taken': 'incident',
  'release-scheduled': 'release-start',
  'release-successful': 'release-complete',
  'rollback-confirmed': 'rollback-complete',
  'engineering-update': 'rollback-complete',
  'tasks-overdue': 'decision-needed',
  'release-card': 'release-start',
  'rollback-card': 'rollback-start',
};

/** Channels of a message by the configured routes; none when nobody is told. */
export function findChannels(
  routes: Readonly<Record<string, readonly string[]>>,
  template: string,
): readonly string[] {
  if (Object.hasOwn(routes, template)) return routes[template] ?? [];
  const other = isTemplateName(template) ? GOES_WITH[template] : undefined;
  return (other && routes[other]) ?? [];
}
