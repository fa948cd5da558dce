// What every form does: busy, faults by field, the words for a failed request.
import { ApiError } from '../lib/api/error';
import { t as common } from '../text/shared';

export type Fault = { field: string; message: string };

export type Form = ReturnType<typeof form>;

/** `prefix` tells its inputs from those of another form of the page. */
export function form(prefix: string) {
  let errors = $state.raw<Fault[]>([]);
  let busy = $state(false);
  let failure = $state.raw<ApiError>();

  const id = (field: string) => `${prefix}-${field}`;
  const messageFor = (field: string) => errors.find((error) => error.field === id(field))?.message;
  const at = ({ field, message }: Fault) => ({ field: field && id(field), message });

  return {
    /** For the summary: what is wrong, with the id of the input at fault. */
    get errors() {
      return errors;
    },
    get busy() {
      return busy;
    },
    /** The number of a request that the server failed at: support asks for it. */
    get requestId() {
      return failure && failure.status >= 500 ? failure.requestId : '';
    },
    /** Somebody else has saved meanwhile. */
    get conflict() {
      return failure?.code === 'conflict';
    },
    id,
    messageFor,
    /** What a field is given: its id and its fault. */
    field: (name: string) => ({ id: id(name), error: messageFor(name) }),
    /** Sends unless something is missing; what was typed stays when it fails. Tells whether it worked. */
    async send(missing: (Fault | false)[], work: () => Promise<void>): Promise<boolean> {
      if (busy) return false;
      failure = undefined;
      errors = missing.filter((fault) => fault !== false).map(at);
      if (errors.length > 0) return false;
      busy = true;
      try {
        await work();
        return true;
      } catch (reason) {
        failure = ApiError.from(reason);
        errors = failure.fields.length > 0 ? failure.fields.map(at) : [at(wordsOf(failure))];
        return false;
      } finally {
        busy = false;
      }
    },
  };
}

function wordsOf(error: ApiError): Fault {
  const message =
    error.code === 'offline' ? common('error_offline') : error.message || common('error_unknown');
  return { field: '', message };
}
