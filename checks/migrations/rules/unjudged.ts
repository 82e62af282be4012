import { asList, findNodes, textOf } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { commandsOf } from '../lint/commands-of.ts';
import { isNew, type Known } from '../lint/known.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const rules: readonly Rule[] = [
  {
    id: 'unjudged',
    row: 40,
    class: 'incompatible',
    level: 'warning',
    sees: 'a statement, a command of ALTER TABLE or a call (dblink, cron, pg_terminate_backend …) that no rule knows, like COPY or ALTER EXTENSION',
    remedy: 'Look yourself at what it does to those who use the database.',
  },
];

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Kinds that a rule judges, or that change nothing for those who are there. Any other is said to be unknown. */
const KNOWN = words(`
  AlterDatabaseRefreshCollStmt AlterDatabaseSetStmt AlterDatabaseStmt AlterDefaultPrivilegesStmt AlterDomainStmt
  AlterEnumStmt AlterFunctionStmt AlterObjectDependsStmt AlterObjectSchemaStmt AlterOwnerStmt AlterPolicyStmt
  AlterRoleSetStmt AlterRoleStmt AlterSeqStmt AlterStatsStmt AlterSystemStmt AlterTableMoveAllStmt AlterTableStmt
  CallStmt CheckPointStmt ClosePortalStmt ClusterStmt CommentStmt CompositeTypeStmt ConstraintsSetStmt CreateAmStmt
  CreateCastStmt CreateConversionStmt CreateDomainStmt CreateEnumStmt CreateEventTrigStmt CreateExtensionStmt
  CreateFdwStmt CreateForeignServerStmt CreateForeignTableStmt CreateFunctionStmt CreateOpClassStmt
  CreateOpFamilyStmt CreatePLangStmt CreatePolicyStmt CreatePublicationStmt CreateRangeStmt CreateRoleStmt
  CreateSchemaStmt CreateSeqStmt CreateStatsStmt CreateStmt CreateTableAsStmt CreateTransformStmt CreateTrigStmt
  CreateUserMappingStmt DeallocateStmt DeclareCursorStmt DefineStmt DeleteStmt DiscardStmt DoStmt DropOwnedStmt
  DropRoleStmt DropStmt DropSubscriptionStmt DropTableSpaceStmt DropUserMappingStmt DropdbStmt ExecuteStmt
  ExplainStmt FetchStmt GrantRoleStmt GrantStmt IndexStmt InsertStmt ListenStmt LockStmt MergeStmt NotifyStmt
  PLAssignStmt PrepareStmt ReassignOwnedStmt RefreshMatViewStmt ReindexStmt RenameStmt ReturnStmt RuleStmt SecLabelStmt
  SelectStmt TransactionStmt TruncateStmt UnlistenStmt UpdateStmt VacuumStmt VariableSetStmt VariableShowStmt ViewStmt
`);

const KNOWN_COMMANDS = words(`
  AT_AddColumn AT_AddConstraint AT_AddIdentity AT_AddInherit AT_AlterColumnType AT_AttachPartition AT_ChangeOwner
  AT_ClusterOn AT_ColumnDefault AT_DetachPartition AT_DetachPartitionFinalize AT_DisableRowSecurity AT_DisableRule
  AT_DisableTrig AT_DisableTrigAll AT_DisableTrigUser AT_DropCluster AT_DropColumn AT_DropConstraint AT_DropExpression
  AT_DropIdentity AT_DropInherit AT_DropNotNull AT_DropOids AT_EnableAlwaysRule AT_EnableAlwaysTrig
  AT_EnableReplicaRule AT_EnableReplicaTrig AT_EnableRowSecurity AT_EnableRule AT_EnableTrig AT_EnableTrigAll
  AT_EnableTrigUser AT_ForceRowSecurity AT_NoForceRowSecurity AT_ResetOptions AT_ResetRelOptions AT_SetAccessMethod
  AT_SetCompression AT_SetExpression AT_SetIdentity AT_SetLogged AT_SetNotNull AT_SetOptions AT_SetRelOptions
  AT_SetStatistics AT_SetStorage AT_SetTableSpace AT_SetUnLogged AT_ValidateConstraint
`);

/** They run a text as SQL in another session, end sessions, or lose what no table holds. */
const CALLS = words(`
  dblink dblink_exec dblink_send_query lo_unlink pg_cancel_backend pg_drop_replication_slot pg_terminate_backend
  schedule schedule_in_database
`);

const unjudged = (at: number, said: string): Hit => ({ rule: 'unjudged', at, said });

const sayKind = (kind: string): string =>
  kind
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();

function inspectCommands(statement: SqlStatement, known: Known): readonly Hit[] {
  return commandsOf(statement)
    .filter(({ kind, table }) => !KNOWN_COMMANDS.has(kind) && !isNew(known, table))
    .map(({ kind, said }) =>
      unjudged(statement.at, `does to ${said} what no rule knows: ${sayKind(kind.slice('AT_'.length))}`),
    );
}

function inspectCalls({ kind, fields, at }: SqlStatement): readonly Hit[] {
  if (kind === 'CreateFunctionStmt') return [];
  const names = findNodes(fields, new Set(['FuncCall'])).map(([, call]) =>
    textOf(asList(call.funcname).at(-1)),
  );
  const found = names.find((name) => CALLS.has(name));
  return found === undefined ? [] : [unjudged(at, `calls ${found}(), and no rule knows what comes of it`)];
}

/** What nobody has judged is said; it is not safe for want of a rule (row 40). */
export const unjudgedStatements: Family = {
  rules,
  inspect: (statement, known) =>
    KNOWN.has(statement.kind)
      ? [...inspectCommands(statement, known), ...inspectCalls(statement)]
      : [unjudged(statement.at, `is no statement that a rule knows: ${sayKind(statement.kind)}`)],
};
