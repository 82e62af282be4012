/** Names of a step's outputs and what they hold. */
export type Outputs = Readonly<Record<string, string>>;

const writeOne = ([name, value]: readonly [string, string], mark: string): string => {
  // Whoever knows the delimiter could end the value and set outputs of his own.
  if (value.split(/\r\n|\r|\n/).includes(mark)) throw new TypeError('the delimiter stands in the value');
  return `${name}<<${mark}\n${value}\n${mark}\n`;
};

/** Lines for GITHUB_OUTPUT. `random` makes a delimiter that no value can foresee. */
export function writeOutputs(outputs: Outputs, random: string): string {
  const mark = `release_${random}`;
  return Object.entries(outputs)
    .map((entry) => writeOne(entry, mark))
    .join('');
}
