// What each dialog that asks before a step of a content is given; `Say` is what the person answers.
import type { ApiError } from '../../lib/api/error';
import type { Content } from '../content/types';

export type Asking<Say extends unknown[]> = {
  open: boolean;
  busy: boolean;
  /** Why the last try was refused. */
  error: ApiError | undefined;
  content: Content;
  onclose: () => void;
  onreload: () => void;
  onconfirm: (...said: Say) => void;
};
