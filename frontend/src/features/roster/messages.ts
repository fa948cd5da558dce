// What a failed request says in a form.
import type { ApiError } from '../../lib/api/error';
import { t as shared } from '../../text/shared';

type Message = { field: string; message: string };

/** The summary's lines; `fields` gives the id of a control by the server's name of the field. */
export function messagesOf(error: ApiError, fields: Record<string, string>): Message[] {
  if (error.fields.length > 0) {
    return error.fields.map(({ field, message }) => ({ field: fields[field] ?? '', message }));
  }
  const message =
    error.code === 'offline' ? shared('error_offline') : error.message || shared('error_unknown');
  return [{ field: '', message }];
}
