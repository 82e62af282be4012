const level = (startWithinMinutes?: number, doneWithinMinutes?: number) => ({
  title: 'what it means',
  who: 'who may order it',
  ...(startWithinMinutes === undefined ? {} : { startWithinMinutes }),
  ...(doneWithinMinutes === undefined ? {} : { doneWithinMinutes }),
});

/** The clocks of the written runbook (RBC-P0 to RBC-P3). */
export const SEVERITIES = { P0: level(5, 15), P1: level(15, 30), P2: level(30), P3: level() };
