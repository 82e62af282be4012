/** An answer that is no success, thrown from wherever it becomes clear. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, said: string) {
    super(said);
    this.name = 'Problem';
    this.status = status;
  }
}

/** The same answer for what is not there and for what belongs to somebody else: nobody learns which ids exist. */
export const notFound = (): Problem => new Problem(404, 'not found');
