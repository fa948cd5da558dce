// The report's requests.
import { api, unwrap, type Schemas } from '../../lib/api/client';
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

/** The report that is shown as a text to copy; a closed one by the figures that it was closed with. */
export function loadMessage(
  shown: EngagementReport,
  signal: AbortSignal,
): Promise<Schemas['Message']> {
  if (shown.closed) {
    const path = { id: shown.closed.id };
    return unwrap(api.GET('/api/v1/reports/closed/{id}/whatsapp', { params: { path }, signal }));
  }
  const { from, to, compare } = shown;
  const query = { agency: shown.agency.id, from, to, compare };
  return unwrap(api.GET('/api/v1/reports/engagement/whatsapp', { params: { query }, signal }));
}
