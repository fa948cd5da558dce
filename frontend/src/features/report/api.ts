// The report's one request.
import { api, unwrap } from '../../lib/api/client';
import type { Query } from './period';
import type { EngagementReport } from './types';

/** An answer without a question means: the highest node that one may see, the current month. */
export function loadReport(query: Query, signal: AbortSignal): Promise<EngagementReport> {
  if (query.closed !== null) {
    const path = { id: query.closed };
    return unwrap(api.GET('/api/v1/reports/closed/{id}', { params: { path }, signal }));
  }
  const asked = {
    ...(query.agency === null ? {} : { agency: query.agency }),
    ...(query.from === null ? {} : { from: query.from }),
    ...(query.to === null ? {} : { to: query.to }),
    compare: query.compare,
  };
  return unwrap(api.GET('/api/v1/reports/engagement', { params: { query: asked }, signal }));
}
