import { ReleaseError } from '../../domain/failure.ts';
import { MESSAGE_KINDS } from '../../domain/message-kinds.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import type { Subject } from './find-subject.ts';

interface Why {
  readonly what: string;
  readonly next: string;
}

const COMPLETE = {
  what: 'Nobody has watched the whole monitoring of this release to a good end.',
  next: 'release watch goes on with it, and announces the end itself.',
};

const ended = (what: string, next: string): Why => ({ what: `${what} has ended.`, next });

const SAYS_IT_IS_BACK: readonly TemplateName[] = ['rollback-complete', 'customer-rollback', 'support-brief'];

/** Why the record contradicts this message; undefined: it does not. */
function findWhy(template: TemplateName, { run, isOpen, isComplete }: Subject): Why | undefined {
  if (template === 'release-start' && !isOpen)
    return ended('The deploy', 'release notify release-complete, once its monitoring is over.');
  if (template === 'release-progress' && !isOpen)
    return ended('The deploy', 'release watch posts the updates of the monitoring.');
  if (template.startsWith('release-complete') && !isComplete) return COMPLETE;
  if ((template === 'rollback-start' || template === 'rollback-progress') && !isOpen)
    return ended('The rollback', 'release notify rollback-complete says how.');
  if (SAYS_IT_IS_BACK.includes(template) && run?.end !== 'completed')
    return {
      what: 'The rollback is not recorded as completed.',
      next: 'release status says where it stands.',
    };
  return undefined;
}

/**
 * Throws E_MESSAGE_UNTRUE for a message that the ledger contradicts, and for one that rests on what only its own command
 * has seen.
 */
export function refuseUntrue(template: TemplateName, subject: Subject): void {
  const { ownCommandOnly, sentBy } = MESSAGE_KINDS[template];
  if (ownCommandOnly)
    throw new ReleaseError('E_MESSAGE_UNTRUE', {
      what: `${template} is not sent by hand.`,
      why: `It rests on what only its sender has seen: ${sentBy}.`,
      next: `If it could not be sent there: release notify ${template} --resend`,
      state: 'untouched',
    });
  const why = findWhy(template, subject);
  if (why === undefined) return;
  throw new ReleaseError('E_MESSAGE_UNTRUE', {
    what: `${template} would not be true. ${why.what}`,
    next: why.next,
    state: 'untouched',
  });
}
