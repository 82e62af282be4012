import { switchJobs, switchMaintenance } from './handlers/admin.ts';
import {
  createAssessment,
  deleteAssessment,
  listAssessments,
  showAssessment,
} from './handlers/assessments.ts';
import { createCheckout } from './handlers/checkout.ts';
import { addEvidence, deleteEvidence, showEvidence, UPLOAD_LIMIT } from './handlers/evidence.ts';
import { deleteExport, downloadExport, startExport } from './handlers/exports.ts';
import { showApiHealth, showDatabaseHealth, showHealth, showPage } from './handlers/health.ts';
import { logIn, showMe } from './handlers/login.ts';
import { takeWebhook } from './handlers/webhook.ts';
import { type AppRoute, on } from './http/route.ts';

const open = { alwaysOpen: true };

/** Everything the application answers. */
export const routes: readonly AppRoute[] = [
  on('GET /', showPage),
  on('GET /health', showHealth, open),
  on('GET /api/health', showApiHealth),
  on('GET /api/health/db', showDatabaseHealth),
  on('POST /api/auth/login', logIn),
  on('GET /api/auth/me', showMe),
  on('GET /api/assessments', listAssessments),
  on('POST /api/assessments', createAssessment),
  on('GET /api/assessments/:id', showAssessment),
  on('DELETE /api/assessments/:id', deleteAssessment),
  on('POST /api/assessments/:id/evidence', addEvidence, { limit: UPLOAD_LIMIT }),
  on('GET /api/assessments/:id/evidence/:evidence', showEvidence),
  on('DELETE /api/assessments/:id/evidence/:evidence', deleteEvidence),
  on('POST /api/assessments/:id/export', startExport),
  on('GET /api/exports/:id/download', downloadExport),
  on('DELETE /api/exports/:id', deleteExport),
  on('POST /api/payments/webhook', takeWebhook),
  on('POST /api/payments/create-checkout', createCheckout),
  on('POST /api/admin/maintenance', switchMaintenance, open),
  on('POST /api/admin/jobs/pause', switchJobs(true), open),
  on('POST /api/admin/jobs/resume', switchJobs(false), open),
];
