import { runbookShape } from '../../config/shape.ts';
import type { JsonObject } from '../../domain/json.ts';
import { EXIT } from '../exit.ts';
import type { ConfigAnswer } from './answer.ts';

/** The JSON Schema of the configuration, for completion in editors; schema/runbook.schema.json is this text. */
export function printSchema(): ConfigAnswer {
  const shape = runbookShape() as unknown as JsonObject;
  return { exitCode: EXIT.ok, text: JSON.stringify(shape, null, 2), isFile: true, result: { schema: shape } };
}
