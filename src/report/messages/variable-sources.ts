/** Where a variable of a message comes from. `person`: nobody can compute it. */
export type Source = 'argument' | 'changelog' | 'ledger' | 'metrics' | 'config' | 'people' | 'person';

/** The source, and where it is mended when it has no value. */
export interface VariableSource {
  readonly source: Source;
  readonly where: string;
}

type Names = readonly (readonly [names: string, where: string])[];

const SET = '--set';

const BY_SOURCE: Readonly<Record<Source, Names>> = {
  argument: [
    ['version', 'the version'],
    ['env', '--env'],
  ],
  changelog: [
    ['features feature more_features fixes', 'the section of the version in source.changelog'],
    ['affected_features', `${SET} affected_features=…`],
  ],
  ledger: [
    ['run from bad_version next_attempt branch commit', 'the run'],
    [
      'now started_at completed_at ran duration total_duration t_plus window eta late as_of',
      'times of the run',
    ],
    [
      'done more_done next missing action actions step headline outcome live app_state code_later',
      'steps of the run',
    ],
    ['progress doing last gone_past why asks kept', 'steps of the run'],
    ['status_page', 'what the run has told it'],
    ['verification not_verified line smoke rollbacks', 'what the run has proven'],
    [
      'downtime measured_downtime outage_day outage_from outage_to outage_minutes',
      'maintenance mode of the run',
    ],
    [
      'data_risk data_impact database lost not_held deadline overdue',
      'the plan of the rollback and its record',
    ],
    ['ordered_by', 'who gave the command, and severities.<level>.who'],
    ['problem_since kept_out', 'the record of the run'],
    ['tell_customers never_say', 'what the record of the run establishes'],
    ['severity reason', 'the rule that fired, or --severity and --reason'],
    ['review_day postmortem_day updates', 'the time of the message and its promises'],
    ['commanded_before', 'who commanded the incident until then'],
    ['taken_by taken_from taken_run goes_on', 'the lock'],
    ['baseline since drift drifts more_drifts', 'release drift'],
    ['task tasks more_tasks', 'release task'],
    ['finding findings more_findings', `the gate, or ${SET} findings=…`],
    ['point standing state closing command other_command said left', 'the decision, or the watch'],
  ],
  metrics: [['error_rate p95 db_p95 payments active_users measured', 'rules of the watch, while it runs']],
  config: [
    ['app', 'product'],
    ['dashboard_url', 'links.dashboard'],
    ['notes_url', 'links.notes'],
    ['status_url', 'links.statusPage'],
    ['support', 'links.support'],
    ['ask_in', 'the route of incident, else of rollback-complete'],
    ['decision decider deciders one evidence good otherwise due without', 'decisions'],
  ],
  people: [
    ['deploy_lead', 'people with the role deployment-lead'],
    ['monitor', 'people with the role monitor'],
    ['rollback_lead', 'people with the role rollback-lead'],
    ['db_lead', 'people with the role database-lead'],
    ['comms', 'people with the role communications'],
    ['incident_commander', 'who has taken command, else people with the role incident-commander'],
    ['qa_lead', 'people with the role qa-lead'],
    ['engineering_manager', 'people with the role engineering-manager'],
    ['oncall_primary', 'people with the role on-call'],
    ['oncall_secondary', 'people with the role on-call-secondary'],
  ],
  person: [
    ['planned_for', `release prepare --for, or ${SET} planned_for=…`],
    ['notes_published support_briefed known_issues retro_day adoption', SET],
    ['data_sentence', `${SET} data_loss=none, possible or checking`],
    ['affected_users affected_services revenue root_cause root_cause_owner customer_comms', SET],
    ['incident incident_channel id title issue detected_at availability war_room team trend', SET],
    ['decided_by next_date next_update kind open_items total_items participants', SET],
  ],
};

const SOURCES: ReadonlyMap<string, VariableSource> = new Map(
  (Object.entries(BY_SOURCE) as [Source, Names][]).flatMap(([source, groups]) =>
    groups.flatMap(([names, where]) =>
      names
        .split(' ')
        .map((name): [string, VariableSource] => [
          name,
          { source, where: where === SET ? `${SET} ${name}=…` : where },
        ]),
    ),
  ),
);

/** Where this variable comes from; undefined for a name that no template has. */
export const sourceOf = (name: string): VariableSource | undefined => SOURCES.get(name);
