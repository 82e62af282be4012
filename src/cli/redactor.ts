import { makeRedactor, type Redact } from '../domain/redact.ts';

/** A redactor that learns: secrets become known one by one while the program is put together. */
export interface LearningRedactor {
  readonly redact: Redact;
  learn(secret: string): void;
}

export function makeLearningRedactor(): LearningRedactor {
  const secrets = new Set<string>();
  // Made when a text is there: what it takes grows with the secrets, and they come in dozens before the first text.
  let current: Redact | undefined;
  return {
    redact: (text) => {
      current ??= makeRedactor(secrets);
      return current(text);
    },
    learn: (secret) => {
      if (secrets.has(secret)) return;
      secrets.add(secret);
      current = undefined;
    },
  };
}

/** The same value with every text in it redacted. Keys are ours and stay. */
export function redactDeep<T>(value: T, redact: Redact): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redact)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, redactDeep(v, redact)])) as T;
}
