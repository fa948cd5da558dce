// The content API as the console uses it.
import type { Schemas } from '../../lib/api/client';

export type Content = Schemas['Content'];
export type Decision = Schemas['Decision'];
export type OfficialPost = Schemas['OfficialPost'];
export type ContentBody = Schemas['ContentBody'];
export type Text = Schemas['Text'];
export type Working = Schemas['Copy'];
export type Agency = Schemas['Agency'];
export type State = Content['state'];

export const states = [
  'draft',
  'in_review',
  'on_hold',
  'changes_requested',
  'rejected',
  'approved',
  'scheduled',
  'live',
  'ended',
  'recalled',
] as const satisfies readonly State[];

export const isState = (text: string | null): text is State =>
  states.some((state) => state === text);

export type Action =
  | 'edit'
  | 'submit'
  | 'approve'
  | 'return'
  | 'reject'
  | 'hold'
  | 'release'
  | 'schedule'
  | 'publish'
  | 'recall';

export const allows = (content: Content, action: Action) => content.actions.includes(action);
