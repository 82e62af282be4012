import satisfies from 'semver/functions/satisfies.js';
import type { Area, Side } from './likeness.ts';

const fits = (node: string, asked: string | undefined): boolean =>
  asked !== undefined && satisfies(node, asked.replace(/^v(?=\d)/, ''));

/** A release that asks for another Node.js than the one before, which production cannot be and staging must be. */
const isBrought = (left: Side, right: Side): boolean =>
  left.code.node !== right.code.node &&
  fits(left.node, left.code.node) &&
  !fits(right.node, left.code.node) &&
  fits(right.node, right.code.node);

/** PAR-10: Node.js, by all three numbers. */
export function compareNode(left: Side, right: Side): Area {
  const area = { name: 'node', total: 1, differences: [], expected: [] } as const;
  if (left.node === right.node) return { ...area, note: left.node };
  const said = `Node.js ${left.node} ≠ ${right.node}`;
  if (isBrought(left, right))
    return { ...area, expected: [`${said}: the release asks for ${left.code.node}`] };
  const difference = {
    kind: 'node-version',
    path: 'node',
    said,
    left: left.node,
    right: right.node,
  } as const;
  return { ...area, differences: [difference] };
}
