/** What a scenario makes the edge do; changed while it runs. */
export interface EdgeFaults {
  /** So many requests are answered with the 502 page. */
  badGateways: number;
  /** The version that the health answer shows instead of the build's own. */
  pretended: string | undefined;
}

export const noFaults = (): EdgeFaults => ({ badGateways: 0, pretended: undefined });

/** Puts another version into a JSON answer; an answer of another shape stays as it is. */
export const pretend =
  (version: string) =>
  (body: Buffer): Buffer => {
    try {
      const answer: unknown = JSON.parse(body.toString('utf8'));
      if (typeof answer !== 'object' || answer === null || !('version' in answer)) return body;
      return Buffer.from(JSON.stringify({ ...answer, version }));
    } catch {
      return body;
    }
  };
