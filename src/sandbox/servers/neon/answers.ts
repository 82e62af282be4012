import type { Answer } from '../router.ts';
import type { Branch, Endpoint, Project } from './project.ts';

/** A refusal in Neon's shape; `code` is empty for most of them. */
export const refuse = (status: number, message: string, code = ''): Answer => ({
  status,
  json: { code, message },
});

export const notFound = (what: string): Answer => refuse(404, `${what} not found`);

export const sayBranch = (project: Project, branch: Branch): object => ({
  id: branch.id,
  project_id: project.id,
  name: branch.name,
  ...(branch.parent === undefined ? {} : { parent_id: branch.parent }),
  current_state: branch.state,
  ...(branch.state === 'ready' ? {} : { pending_state: 'ready' }),
  state_changed_at: branch.updatedAt.toISOString(),
  creation_source: 'console',
  default: branch.isDefault,
  primary: branch.isDefault,
  protected: branch.isProtected,
  created_at: branch.createdAt.toISOString(),
  updated_at: branch.updatedAt.toISOString(),
  ...(branch.lastResetAt === undefined ? {} : { last_reset_at: branch.lastResetAt.toISOString() }),
  ...(branch.expiresAt === undefined ? {} : { expires_at: branch.expiresAt.toISOString() }),
  ...(branch.restricted.length === 0 ? {} : { restricted_actions: branch.restricted }),
});

export const sayEndpoint = (project: Project, endpoint: Endpoint): object => ({
  id: endpoint.id,
  host: '127.0.0.1',
  project_id: project.id,
  branch_id: endpoint.branch,
  type: 'read_write',
  current_state: endpoint.state,
  autoscaling_limit_min_cu: 0.25,
  autoscaling_limit_max_cu: 2,
  suspend_timeout_seconds: 300,
  disabled: false,
  created_at: endpoint.createdAt.toISOString(),
});

/** The JSON body of a call; empty, form-encoded and broken bodies count as no fields. */
export function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A field that must be an object, like `branch` of a create call. */
export const readPart = (body: Buffer, name: string): Readonly<Record<string, unknown>> => {
  const part = readJson(body)[name];
  return typeof part === 'object' && part !== null ? (part as Record<string, unknown>) : {};
};

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
