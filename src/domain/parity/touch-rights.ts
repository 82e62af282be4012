import {
  asFields,
  asList,
  asText,
  type Fields,
  nameIn,
  relationOf,
  type Touch,
  touch,
  within,
} from './touch.ts';

/** As the catalogue spells a role: in quotes where it is no plain word. */
const spellRole = (name: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const rolesIn = (list: unknown): readonly string[] =>
  asList(list).map((one) => {
    const { roletype, rolename } = within(one, 'RoleSpec');
    return roletype === 'ROLESPEC_PUBLIC' ? 'public' : spellRole(asText(rolename));
  });

/** Objects of a GRANT as the catalogue names them; `*` where the statement does not say what kind of thing it is. */
const OBJECTS: Readonly<Record<string, (one: Fields) => readonly string[]>> = {
  OBJECT_TABLE: (one) => [`* ${relationOf(within(one, 'RangeVar'))}`],
  OBJECT_SEQUENCE: (one) => [`sequence ${relationOf(within(one, 'RangeVar'))}`],
  OBJECT_SCHEMA: (one) => [`schema ${asText(within(one, 'String').sval)}`],
  OBJECT_DATABASE: () => ['database'],
  OBJECT_FUNCTION: (one) => [`function ${nameIn(within(one, 'ObjectWithArgs').objname)}(*`],
  OBJECT_TYPE: (one) =>
    ['enum', 'type', 'domain'].map((kind) => `${kind} ${nameIn(within(one, 'List').items)}`),
};

const ALL_IN_SCHEMA: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'table',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_FUNCTION: 'function',
};

/** A name with one `*` at most: what stands before it, and the role at the end. */
const toRole = (called: string, role: string): string =>
  called.startsWith('* ') ? `*${called.slice(1)} to ${role}` : `${called} to ${role}`;

const columnsIn = (privileges: unknown): readonly string[] =>
  asList(privileges).flatMap((one) =>
    asList(within(one, 'AccessPriv').cols).map((name) => asText(within(name, 'String').sval)),
  );

function calledIn({ targtype, objtype, objects, privileges }: Fields): readonly string[] {
  const kind = asText(objtype);
  if (targtype === 'ACL_TARGET_ALL_IN_SCHEMA') {
    const schemas = asList(objects).map((one) => asText(within(one, 'String').sval));
    return schemas.map((name) => `${ALL_IN_SCHEMA[kind] ?? kind} ${name === 'public' ? '' : `${name}.`}*`);
  }
  const named = asList(objects).flatMap((one) => OBJECTS[kind]?.(one) ?? []);
  const columns = columnsIn(privileges);
  return [
    ...named,
    ...named.flatMap((one) => columns.map((column) => `column ${one.replace(/^\* /, '')}.${column}`)),
  ];
}

function grant(fields: Fields): readonly Touch[] {
  const way = fields.is_grant === true ? 'replace' : 'change';
  return rolesIn(fields.grantees).flatMap((role) =>
    calledIn(fields).map((called) => touch('privilege', toRole(called, role), way)),
  );
}

const LATER: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'tables',
  OBJECT_SEQUENCE: 'sequences',
  OBJECT_FUNCTION: 'functions',
  OBJECT_TYPE: 'types',
  OBJECT_SCHEMA: 'schemas',
};

/** Who makes the objects is left open: without FOR ROLE it is whoever migrates. */
function grantLater({ options, action }: Fields): readonly Touch[] {
  const { objtype, grantees, is_grant } = asFields(action);
  const lists = asList(options).map((one) => within(one, 'DefElem'));
  const inSchemas = lists.filter(({ defname }) => defname === 'schemas').map(({ arg }) => asFields(arg));
  const schemas = inSchemas.flatMap((arg) => asList(within(arg, 'List').items));
  const names = schemas.map((one) => ` in ${asText(within(one, 'String').sval)}`);
  const way = is_grant === true ? 'replace' : 'change';
  return rolesIn(grantees).flatMap((role) =>
    (names.length === 0 ? [''] : names).map((place) =>
      touch('default privilege', `${LATER[asText(objtype)] ?? ''} that * makes${place} to ${role}`, way),
    ),
  );
}

/** For whom a policy is, where an ALTER POLICY says so: the ones who come and the ones who go. */
export function touchPolicyRoles({ table, policy_name, roles }: Fields): readonly Touch[] {
  if (asList(roles).length === 0) return [];
  const name = `policy ${relationOf(asFields(table))}.${asText(policy_name)} to *`;
  return [touch('privilege', name, 'change')];
}

/** What statements about rights touch, by their kind. */
export const TOUCHED_RIGHTS: Readonly<Record<string, (fields: Fields) => readonly Touch[]>> = {
  GrantStmt: grant,
  AlterDefaultPrivilegesStmt: grantLater,
};
