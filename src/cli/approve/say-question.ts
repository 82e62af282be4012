import type { Wired } from '../wired.ts';
import type { Draft } from './make-sign-off.ts';

/** What is asked before these sign-offs are made: the word, the roles, the person, and how it is proven. */
export const sayQuestion = ([first, ...more]: readonly Draft[], { runbook }: Wired): string => {
  if (first === undefined) return '';
  const { wish, decision, signer } = first;
  const { name, email } = runbook.people[signer.person] ?? { name: signer.person };
  const word =
    wish.word === 'revoked' ? 'Take your word back' : `Sign ${decision.outcomes[wish.word === 'go' ? 0 : 1]}`;
  const roles = [first, ...more].map(({ role }) => role).join(' and ');
  return `${word} as ${roles} (${name}${email ? ` <${email}>` : ''}), ${signer.method}?`;
};
