import type { HandoffItem } from './item.ts';
import { auto, both, inGroup, person } from './make-item.ts';

export type EmergencyFact =
  | 'incident'
  | 'since'
  | 'systems'
  | 'actions'
  | 'rollback'
  | 'customers'
  | 'stakeholders'
  | 'revenue'
  | 'next-steps'
  | 'vacancies'
  | 'team'
  | 'experts'
  | 'command';

/** One incident commander to the next (HOE-01 to HOE-18). Where nothing is known here, a person's word is what there is. */
export const EMERGENCY: readonly HandoffItem<EmergencyFact>[] = [
  ...inGroup<EmergencyFact>('What is wrong', [
    auto('e1', 'HOE-01', 'Incident', { facts: ['incident'] }),
    auto('e2', 'HOE-02', 'Since', { facts: ['since'] }),
    person('e3', 'HOE-03', 'State', 'Where does it stand?', {
      choices: ['investigating', 'mitigating', 'resolved'],
    }),
    both('e4', 'HOE-04', 'Affected systems', { facts: ['systems'] }, 'What else is affected?'),
  ]),
  ...inGroup<EmergencyFact>('What was done', [
    auto('e5', 'HOE-05', 'Actions so far', { facts: ['actions'] }),
    auto('e6', 'HOE-06', 'Rollback', { facts: ['rollback'] }),
    both('e7', 'HOE-07', 'Customers told', { facts: ['customers'] }, 'Were customers told?', {
      choices: ['yes', 'no'],
    }),
    both('e8', 'HOE-08', 'Stakeholders told', { facts: ['stakeholders'] }, 'Were stakeholders told?', {
      choices: ['yes', 'no'],
    }),
  ]),
  ...inGroup<EmergencyFact>('What is known', [
    person('e9', 'HOE-09', 'Root cause', 'What is it? "no" while nobody knows'),
    person('e10', 'HOE-10', 'Workaround', 'What is it? "no" while there is none'),
    person('e11', 'HOE-11', 'Users affected', 'How many, and how do you know? "unknown" is an answer'),
    both('e12', 'HOE-12', 'Revenue impact', { facts: ['revenue'] }, 'How large is it?', {
      choices: ['none', 'low', 'medium', 'high'],
    }),
  ]),
  ...inGroup<EmergencyFact>('What comes next', [
    both(
      'e13',
      'HOE-13',
      'Next actions',
      { facts: ['next-steps'] },
      'What has to be done next, and by whom?',
    ),
    person('e14', 'HOE-14', 'Time to resolution', 'When is it over? "unknown" is an answer'),
    both(
      'e15',
      'HOE-15',
      'Who or what is missing',
      { facts: ['vacancies'] },
      'Who or what is needed? "nothing" is an answer',
    ),
  ]),
  ...inGroup<EmergencyFact>('Who is on it', [
    both('e16', 'HOE-16', 'Team', { facts: ['team'] }, 'Who works on it?'),
    both('e17', 'HOE-17', 'Experts', { facts: ['experts'] }, 'Which of them are on it? "none" is an answer'),
    person(
      'e18',
      'HOE-18',
      'Support of vendors',
      'Which tickets are open at Neon, Stripe or the host? "none" is an answer',
    ),
    auto('e19', 'HOE-19', 'Incident commander', { facts: ['command'] }),
  ]),
];
