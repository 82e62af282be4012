import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
import { commandsOf } from '../lint/commands-of.ts';
import { isNew, type Known } from '../lint/known.ts';
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
  right(
    'enable-rls',
    'ENABLE or FORCE ROW LEVEL SECURITY',
    'Make the policies first, and read as the role of the live code: without a policy it finds no row.',
  ),
  right(
    'change-policy',
    'ALTER POLICY, CREATE POLICY … AS RESTRICTIVE',
    'Be sure that the live code still finds its rows.',
  ),
  right(
    'change-owner',
    'OWNER TO, REASSIGN OWNED BY',
    'Be sure that the live code and the next migration do not need the rights of the owner.',
  ),
  right(
    'change-role',
    'ALTER ROLE, ALTER DATABASE, ALTER SYSTEM, also … SET',
    'Do it apart from a release: it is about everybody who connects, and no rollback takes it back.',
  ),
  right(
    'security-definer',
    'SECURITY DEFINER without SET search_path',
    'Add SET search_path: whoever can make objects in an earlier schema runs code as the owner.',
  ),
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

const ROLES = /^Alter(?:Role|RoleSet|Database|DatabaseSet|System)Stmt$/;

const hasElement = (list: unknown, name: string, isIt: (element: SqlFields) => boolean): boolean =>
  asList(list).some((one) => asFields(one.DefElem).defname === name && isIt(asFields(one.DefElem)));

const isOn = ({ arg }: SqlFields): boolean => asFields(asFields(arg).Boolean).boolval === true;
const isPath = ({ arg }: SqlFields): boolean =>
  asFields(asFields(arg).VariableSetStmt).name === 'search_path';

/** One that is replaced or altered may have its path already; nobody sees that here. */
function isOpenDefiner(kind: string, { options, actions }: SqlFields): boolean {
  const list = kind === 'CreateFunctionStmt' ? options : actions;
  return hasElement(list, 'security', isOn) && !hasElement(list, 'set', isPath);
}

const KINDS: Readonly<Record<string, readonly [rule: string, said: string]>> = {
  AlterPolicyStmt: ['change-policy', 'changes who finds which rows'],
  AlterOwnerStmt: ['change-owner', 'gives it to another owner'],
  ReassignOwnedStmt: ['change-owner', 'gives all that a role owns to another one'],
};

function inspectKind(kind: string, fields: SqlFields, at: number, known: Known): readonly Hit[] {
  if (ROLES.test(kind))
    return [{ rule: 'change-role', at, said: 'changes a role, a database or the server' }];
  if (/^(?:Create|Alter)FunctionStmt$/.test(kind) && isOpenDefiner(kind, fields))
    return [{ rule: 'security-definer', at, said: "runs as its owner on its caller's search path" }];
  const isNarrow = kind === 'CreatePolicyStmt' && fields.permissive !== true;
  const found = isNarrow ? KINDS.AlterPolicyStmt : KINDS[kind];
  if (found === undefined || isNew(known, keyOf(asFields(fields.table)))) return [];
  return [{ rule: found[0], at, said: found[1] }];
}

const COMMANDS: readonly (readonly [of: RegExp, rule: string, said: string])[] = [
  [/^AT_(?:Disable|NoForce)RowSecurity$/, 'disable-rls', 'opens every row of'],
  [/^AT_(?:Enable|Force)RowSecurity$/, 'enable-rls', 'hides every row that no policy shows, of'],
  [/^AT_ChangeOwner$/, 'change-owner', 'gives another owner to'],
];

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
    const hits = commandsOf(statement)
      .filter(({ table }) => !isNew(known, table))
      .flatMap((one) =>
        COMMANDS.filter(([of]) => of.test(one.kind)).map(([, rule, said]) => ({
          rule,
          at,
          said: `${said} ${one.said}`,
        })),
      );
    return [...hits, ...inspectKind(kind, fields, at, known)];
  },
};
