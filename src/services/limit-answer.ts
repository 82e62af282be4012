type Fetch = typeof globalThis.fetch;

/** Cuts a body off where it grows larger than `most` bytes. */
const cutAt = (most: number): TransformStream<Uint8Array, Uint8Array> => {
  let seen = 0;
  return new TransformStream({
    transform(part, controller) {
      seen += part.byteLength;
      if (seen > most) controller.error(new Error('the answer is too large'));
      else controller.enqueue(part);
    },
  });
};

/**
 * A fetch for clients that send keys: a redirect is an error, because it would carry the request to whoever asks for
 * it (T25), and an answer larger than `most` bytes is one too (F57).
 */
export const limitAnswers =
  (fetch: Fetch, most: number): Fetch =>
  async (input, init) => {
    const answer = await fetch(input, { ...init, redirect: 'error' });
    if (answer.body === null) return answer;
    const { status, statusText, headers } = answer;
    return new Response(answer.body.pipeThrough(cutAt(most)), { status, statusText, headers });
  };
