// What a failed request means to a screen.
export type FieldError = { field: string; message: string };

/** The server's codes, and `offline`: no answer came at all. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'otp_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'too_many'
  | 'unavailable'
  | 'internal'
  | 'offline';

type Problem = {
  title?: string;
  status?: number;
  code?: ErrorCode;
  field?: string;
  errors?: FieldError[];
  request_id?: string;
  retry_after?: number;
  current?: unknown;
};

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** Every input field at fault. */
  readonly fields: FieldError[];
  /** To name when asking for help; empty when the server never answered. */
  readonly requestId: string;
  /** Seconds to wait before trying again; 0: not known. */
  readonly retryAfter: number;

  /** Of a conflict: what is there instead, where the server says it. */
  readonly current: unknown;

  constructor(problem: Problem) {
    super(problem.title ?? '');
    this.name = 'ApiError';
    this.code = problem.code ?? 'internal';
    this.status = problem.status ?? 0;
    this.requestId = problem.request_id ?? '';
    this.retryAfter = problem.retry_after ?? 0;
    this.current = problem.current;
    this.fields = problem.errors ?? [];
    if (problem.field && this.fields.length === 0) {
      this.fields = [{ field: problem.field, message: this.message }];
    }
  }

  /** Whether the same request may succeed later by itself. */
  get passing() {
    return this.code === 'offline' || this.status === 429 || this.status >= 500;
  }

  /** Anything thrown, as an ApiError: what fetch throws means that no answer came. */
  static from(reason: unknown): ApiError {
    if (reason instanceof ApiError) return reason;
    const error = new ApiError({ code: reason instanceof TypeError ? 'offline' : 'internal' });
    error.cause = reason;
    return error;
  }

  /** The body of an error answer; a proxy's page in between has none of ours. */
  static of(body: unknown, status: number): ApiError {
    const problem = body && typeof body === 'object' ? (body as Problem) : {};
    return new ApiError({
      code: status >= 502 && status <= 504 ? 'unavailable' : 'internal',
      ...problem,
      status,
    });
  }
}
