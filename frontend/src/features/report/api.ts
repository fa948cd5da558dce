// The report's one request.
import type { EngagementReport } from '../../lib/api/pending-report';
import { api, unwrap } from '../../lib/api/client';
import type { Query } from './period';

type Ask = { agency?: number; from?: string; to?: string };
type Answer = { data?: EngagementReport; error?: unknown; response: Response };
type Get = (
  path: '/api/v1/reports/engagement',
  options: { params: { query: Ask }; signal: AbortSignal },
) => Promise<Answer>;

/** An answer without a question means: the own agency, the current month. */
export function loadReport(query: Query, signal: AbortSignal): Promise<EngagementReport> {
  const asked: Ask = {};
  if (query.agency !== null) asked.agency = query.agency;
  if (query.from !== null) asked.from = query.from;
  if (query.to !== null) asked.to = query.to;
  // The API document does not name this path yet; see pending-report.ts.
  const get = api.GET as unknown as Get;
  return unwrap(get('/api/v1/reports/engagement', { params: { query: asked }, signal }));
}
