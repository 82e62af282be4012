import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
import { commandsOf } from '../lint/commands-of.ts';
import { isNew } from '../lint/known.ts';
import { keyOf, keyOfParts, partsOf } from '../lint/names.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const right = (id: string, sees: string, remedy: string): Rule => ({
  id,
  row: 32,
  class: 'incompatible',
  level: 'warning',
  sees,
  remedy,
});

const rules = [
  right(
    'disable-rls',
    'DISABLE or NO FORCE ROW LEVEL SECURITY',
    'Be sure that every row may be read by all.',
  ),
  right('drop-policy', 'DROP POLICY', 'Make the new policy first, in the same file.'),
  right('revoke', 'REVOKE', 'Be sure that the live code does not need the right.'),
  right('grant-public', 'GRANT … TO PUBLIC', 'Grant to the roles that need it.'),
];

const isPublic = (fields: SqlFields): boolean =>
  asList(fields.grantees).some((one) => asFields(one.RoleSpec).roletype === 'ROLESPEC_PUBLIC');

function inspectGrant(kind: string, fields: SqlFields, at: number): readonly Hit[] {
  if (fields.is_grant !== true) return [{ rule: 'revoke', at, said: 'takes a right away' }];
  const isOpen = kind === 'GrantStmt' && isPublic(fields);
  return isOpen ? [{ rule: 'grant-public', at, said: 'gives a right to everybody' }] : [];
}

/** Who may read and write (row 32). */
export const rights: Family = {
  rules,
  inspect: (statement, known): readonly Hit[] => {
    const { kind, fields, at } = statement;
    if (kind === 'GrantStmt' || kind === 'GrantRoleStmt') {
      const tables = asList(fields.objects).map((one) => keyOf(asFields(one.RangeVar)));
      const isMade = tables.length > 0 && tables.every((key) => isNew(known, key));
      return isMade && fields.is_grant !== true ? [] : inspectGrant(kind, fields, at);
    }
    if (kind === 'AlterDefaultPrivilegesStmt') return inspectGrant('GrantStmt', asFields(fields.action), at);
    if (kind === 'DropStmt' && fields.removeType === 'OBJECT_POLICY')
      return asList(fields.objects)
        .map(partsOf)
        .filter((parts) => !isNew(known, keyOfParts(parts.slice(0, -1))))
        .map((parts) => ({ rule: 'drop-policy', at, said: `drops the policy ${parts.at(-1)}` }));
    return commandsOf(statement)
      .filter((one) => /^AT_(Disable|NoForce)RowSecurity$/.test(one.kind) && !isNew(known, one.table))
      .map((one) => ({ rule: 'disable-rls', at, said: `opens every row of ${one.said}` }));
  },
};
