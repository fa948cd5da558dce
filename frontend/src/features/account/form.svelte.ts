// What every form of this folder does: busy, faults by field, the words for a failed request.
import { ApiError } from '../../lib/api/error';
import { t as common } from '../../text/shared';

export type Fault = { field: string; message: string };

export function form(prefix: string) {
  let errors = $state.raw<Fault[]>([]);
  let busy = $state(false);
  let requestId = $state('');

  return {
    get errors() {
      return errors;
    },
    get busy() {
      return busy;
    },
    get requestId() {
      return requestId;
    },
    /** The id of a field's input: a page may hold several forms. */
    id: (field: string) => `${prefix}-${field}`,
    messageFor: (field: string) =>
      errors.find((error) => error.field === `${prefix}-${field}`)?.message,
    /** Sends unless something is missing; what was typed stays when it fails. */
    async send(missing: (Fault | false)[], work: () => Promise<void>) {
      if (busy) return;
      requestId = '';
      errors = missing
        .filter((fault) => fault !== false)
        .map(({ field, message }) => ({ field: `${prefix}-${field}`, message }));
      if (errors.length > 0) return;
      busy = true;
      try {
        await work();
      } catch (reason) {
        const error = ApiError.from(reason);
        const text =
          error.code === 'offline'
            ? common('error_offline')
            : error.message || common('error_unknown');
        errors =
          error.fields.length > 0
            ? error.fields.map((fault) => ({ ...fault, field: `${prefix}-${fault.field}` }))
            : [{ field: '', message: text }];
        requestId = error.status >= 500 ? error.requestId : '';
      } finally {
        busy = false;
      }
    },
  };
}
