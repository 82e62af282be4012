/** Calls within an hour, as GitHub counts them for one token. */
export class Rate {
  #left: number;
  #resetAt: number;
  readonly #perHour: number;
  readonly #now: () => number;

  constructor(perHour: number, now: () => number) {
    this.#perHour = perHour;
    this.#now = now;
    this.#left = perHour;
    this.#resetAt = now() + 3_600_000;
  }

  /** Counts one call; false when there is none left. */
  take(): boolean {
    if (this.#now() >= this.#resetAt) {
      this.#left = this.#perHour;
      this.#resetAt = this.#now() + 3_600_000;
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Nothing is left for so many seconds. */
  exhaust(seconds: number): void {
    this.#left = 0;
    this.#resetAt = this.#now() + seconds * 1000;
  }

  /** As `GET /rate_limit` tells it; asking takes none. */
  tell(): Record<string, number> {
    return { limit: this.#perHour, remaining: this.#left, used: this.#perHour - this.#left };
  }

  headers(): Record<string, string> {
    return {
      'x-ratelimit-limit': String(this.#perHour),
      'x-ratelimit-remaining': String(this.#left),
      'x-ratelimit-reset': String(Math.ceil(this.#resetAt / 1000)),
      'x-ratelimit-resource': 'core',
    };
  }
}
