import { type Asked, FaultPlay, type FaultScript, type Mishap } from './fault-script.ts';

/** A script that is being played. */
interface Playing {
  readonly play: FaultPlay;
  /** Milliseconds of the sandbox's time; undefined: it waits for the release. */
  began: number | undefined;
}

/** What a scenario makes the edge do; changed while it runs. */
export interface EdgeFaults {
  /** So many requests are answered with the 502 page. */
  badGateways: number;
  /** The version that the health answer shows instead of the build's own. */
  pretended: string | undefined;
  playing: Playing | undefined;
}

export const noFaults = (): EdgeFaults => ({
  badGateways: 0,
  pretended: undefined,
  playing: undefined,
});

/** Begins a script at `now`, in the sandbox's time, or with the release's first request. */
export const beginScript = (script: FaultScript, now: number): Playing => ({
  play: new FaultPlay(script),
  began: script.starts === 'now' ? now : undefined,
});

const secondsOf = ({ began }: Playing, now: number): number | undefined =>
  began === undefined ? undefined : (now - began) / 1000;

/** What a request meets at `now`, in milliseconds of the sandbox's time. */
export function meetFault(faults: EdgeFaults, asked: Omit<Asked, 'second'>, now: number): Mishap {
  const { playing } = faults;
  if (playing === undefined) return { kind: 'none' };
  if (asked.who === 'release') playing.began ??= now;
  const second = secondsOf(playing, now);
  return second === undefined ? { kind: 'none' } : playing.play.meet({ ...asked, second });
}

/** Whether the measurements are not told at `now`. */
export function isSilent({ playing }: EdgeFaults, now: number): boolean {
  const second = playing && secondsOf(playing, now);
  return second !== undefined && playing?.play.isSilent(second) === true;
}

/** How long a request that is held until `second` of the script has to wait, in milliseconds of the sandbox's time. */
export const leftUntil = ({ playing }: EdgeFaults, second: number, now: number): number =>
  playing?.began === undefined ? 0 : Math.max(0, playing.began + second * 1000 - now);

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
