import type { Answer, Call } from '../router.ts';
import { refuse } from './answers.ts';

interface Kept {
  readonly request: string;
  readonly answer: Answer;
}

/** Answers of changes by their idempotency key: the same call gets the same answer and no second effect. */
export function makeIdempotency() {
  const kept = new Map<string, Kept>();
  return async (owner: string, call: Call, act: () => Answer | Promise<Answer>): Promise<Answer> => {
    const key = call.headers['idempotency-key'];
    if (call.method !== 'POST' || typeof key !== 'string') return act();
    const place = `${owner} ${key}`;
    const request = `${call.path} ${call.body.toString('utf8')}`;
    const known = kept.get(place);
    if (known === undefined) {
      const answer = await act();
      kept.set(place, { request, answer });
      return answer;
    }
    if (known.request !== request) {
      const message = 'Keys for idempotent requests can only be used with the parameters of their first use.';
      return refuse(400, message, { type: 'idempotency_error' });
    }
    if (typeof known.answer === 'string') return known.answer;
    return { ...known.answer, headers: { ...known.answer.headers, 'idempotent-replayed': 'true' } };
  };
}
