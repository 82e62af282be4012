import { QUESTIONS } from '../../app/questions.ts';

/** How much there is. */
export interface SeedSize {
  readonly users: number;
  readonly assessments: number;
  readonly evidence: number;
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const FACILITIES = `insert into facilities (name, city, created_at) values
  ('Harbour House', 'Portland', now() - interval '2 years'),
  ('Maple Court', 'Burlington', now() - interval '18 months'),
  ('North Ridge', 'Concord', now() - interval '1 year')`;

// Every third user is new: the windows of the integrity queries (7 days, 24 hours) are never empty.
const writeUsers = (
  n: number,
): string => `insert into users (email, facility_id, subscription_status, stripe_customer_id, created_at)
  select 'user' || n || '@rur2.example', 1 + n % 3,
    (array['active', 'active', 'trial', 'canceled'])[1 + n % 4],
    case when n % 4 in (0, 1, 3) then 'cus_sandbox' || lpad(n::text, 6, '0') end,
    now() - case when n % 3 = 0 then n % 160 * interval '1 hour' else (8 + n) * interval '1 day' end
  from generate_series(1, ${n}) as n`;

const writeAssessments = (
  n: number,
  users: number,
): string => `insert into assessments (name, status, facility_id, user_id, created_at)
  select (array['Fire safety', 'Medication', 'Falls', 'Nutrition', 'Infection control'])[1 + n % 5] || ' ' || (2023 + n % 3) || '-' || lpad(n::text, 4, '0'),
    (array['draft', 'submitted', 'approved', 'approved'])[1 + n % 4], u.facility_id, u.id,
    greatest(u.created_at, now() - n * interval '5 hours')
  from generate_series(1, ${n}) as n join users u on u.id = 1 + n % ${users}`;

// Four of the five: 8,000 rows are enough to measure a query by, and are written in a moment.
const WRITE_QUESTIONS = `insert into questions (assessment_id, position, text)
  select a.id, q.position, q.text from assessments a,
    unnest(array[${QUESTIONS.slice(0, 4).map(quote).join(', ')}]) with ordinality as q(text, position)`;

const writeEvidence = (
  n: number,
  assessments: number,
): string => `insert into evidence_files (assessment_id, question_id, filename, url, uploaded_at)
  select q.assessment_id, q.id, 'evidence-' || lpad(n::text, 4, '0') || '.pdf',
    '/api/assessments/' || q.assessment_id || '/evidence/' || n,
    now() - case when n % 10 = 0 then n % 22 * interval '1 hour' else n * interval '2 hours' end
  from generate_series(1, ${n}) as n
  join questions q on q.assessment_id = 1 + n * 7 % ${assessments} and q.position = 4`;

const EVENTS = `insert into webhook_events (id, type, received_at)
  select 'evt_sandbox' || lpad(u.id::text, 6, '0'), 'payment_intent.succeeded', u.created_at from users u
  where u.subscription_status = 'active' and u.stripe_customer_id is not null`;

const PAYMENTS = `insert into payments (event_id, user_id, amount, currency, paid_at)
  select e.id, right(e.id, 6)::int, 2900, 'usd', e.received_at from webhook_events e`;

/** Rows of an application that has been in use: no orphan, nobody active without a customer of Stripe. */
export const writeRows = ({ users, assessments, evidence }: SeedSize): string =>
  [
    FACILITIES,
    writeUsers(users),
    writeAssessments(assessments, users),
    WRITE_QUESTIONS,
    writeEvidence(evidence, assessments),
    EVENTS,
    PAYMENTS,
    'analyze',
  ].join(';\n');
