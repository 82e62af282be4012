import { makeLikeness } from './make-likeness.ts';

/** As the configuration has it; `release parity` asks the same with its flags. */
export default makeLikeness({});
