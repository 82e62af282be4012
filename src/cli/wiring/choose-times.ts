import { type ProtocolTimes, USUAL_TIMES } from '../../engine/run-tools.ts';

// The stand-ins answer on loopback within a second or two: an accepted request lands soon there or never.
const SANDBOX_TIMES: ProtocolTimes = { ...USUAL_TIMES, settleFactor: 0.1, askAgainMs: 500 };

/** Times of the protocol (reliability 4.2); shorter waits only where the configuration itself says sandbox. */
export const timesFor = (sandbox: boolean): ProtocolTimes => (sandbox ? SANDBOX_TIMES : USUAL_TIMES);
