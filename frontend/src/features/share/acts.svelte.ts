// What a person does with a content. Online it goes out at once; offline it waits in the outbox.
import { api, unwrap } from '../../lib/api/client';
import { ApiError } from '../../lib/api/error';
import type { Act, Evidence, FeedItem, Liked, Shared, ShareRequest } from '../../lib/api/types';
import { createOutbox, newKey } from '../../lib/outbox.svelte';
import { t } from '../../text/asn';
import { toast } from '../../ui/toast.svelte';
import { dropAct, noteAct, noteMark, withdraw } from '../feed/feed.svelte';
import { startReturned } from './returned.svelte';
import {
  ready,
  unsent,
  unsentActs,
  waiting,
  type About,
  type ClaimAct,
  type Passed,
  type Reason,
  type Waiting,
} from './waiting.svelte';

type Answer = Shared | Liked | Act | object;

function send(act: Waiting, key: string): Promise<Answer> {
  const path = { id: act.content };
  const params = { path, header: { 'Idempotency-Key': key } };
  switch (act.kind) {
    case 'share':
      return unwrap(api.POST('/api/v1/contents/{id}/shares', { params, body: act.body }));
    case 'like':
      return unwrap(api.POST('/api/v1/contents/{id}/likes', { params, body: act.body }));
    case 'evidence':
      return unwrap(
        api.POST('/api/v1/contents/{id}/shares/{network}/evidence', {
          params: { path: { ...path, network: act.network } },
          body: act.body,
        }),
      );
    case 'undo':
      return unwrap(
        api.DELETE('/api/v1/contents/{id}/shares/{network}', {
          params: { path: { ...path, network: act.network } },
        }),
      );
    case 'claim':
      return unwrap(
        api.POST('/api/v1/me/claims', {
          params: { header: { 'Idempotency-Key': key } },
          body: act.body,
        }),
      );
    case 'mark': {
      if (act.reason)
        return unwrap(
          api.PUT('/api/v1/contents/{id}/not-for-me', {
            params: { path },
            body: { reason: act.reason },
          }),
        );
      const url = `/api/v1/contents/{id}/${act.mark}` as const;
      return unwrap(
        act.on ? api.PUT(url, { params: { path } }) : api.DELETE(url, { params: { path } }),
      );
    }
  }
}

function note(act: Waiting, answer: Answer) {
  if (act.kind === 'undo') {
    dropAct(act.content, act.network);
    // Shared and taken back while offline: there is nothing to pass on.
    const { content, network } = act;
    ready.edit((list) => list.filter((one) => one.content !== content || one.network !== network));
  } else if ('grade' in answer) noteAct(act.content, answer);
}

function refused(act: Waiting, error: ApiError) {
  if (error.code === 'gone') withdraw([act.content], `${act.title}: ${error.message}`);
  else toast(error.message || t('act_refused', { title: act.title }), { tone: 'danger' });
}

/** What waited is refused later than its toast would be seen. */
function tooLate(act: Waiting, error: ApiError) {
  refused(act, error);
  if (act.kind === 'evidence') return; // a refusal of what a device saw says nothing
  const { kind, content, title } = act;
  const own = kind === 'share' ? act.body.text : undefined;
  unsentActs.add({ kind, content, title, own, reason: error.message, gone: error.code === 'gone' });
}

/** Somebody else may be signed in by now. */
let whoIsThis = () => {};

export const outbox = createOutbox<Waiting, Answer>({
  send,
  group: (act) => act.content,
  onitems: (items) => (waiting.items = items),
  onsent: ({ act }, answer) => {
    note(act, answer);
    if (act.kind === 'like') toast(t('like_sent'), { tone: 'ok' });
    if (act.kind !== 'share') return;
    const share = answer as Shared;
    ready.edit((list) => [
      ...list.filter(({ id }) => id !== share.id),
      { ...share, content: act.content, again: act.again },
    ]);
  },
  onrefused: ({ act }, error) => tooLate(act, error),
  onheld: ({ fields }) => fields[0]?.field === 'as' && whoIsThis(),
  onloose: () => toast(t('no_room'), { tone: 'danger' }),
});

/** Takes up what the last visit left. */
export function startActs(confirm: () => void) {
  whoIsThis = confirm;
  startReturned();
  ready.read();
  unsent.read();
  outbox.start();
}

/** The answer, or undefined when the act waits for the network. A refusal is thrown. */
async function act<T extends Answer>(what: Waiting): Promise<T | undefined> {
  const key = newKey();
  // What waits for the same content goes first: otherwise the older word would be the last.
  const behind = outbox.items.some(({ act }) => act.content === what.content);
  if (navigator.onLine && !behind) {
    try {
      const answer = await send(what, key);
      note(what, answer);
      return answer as T;
    } catch (reason) {
      const error = ApiError.from(reason);
      if (error.code === 'gone') withdraw([what.content]);
      // Whether a lost request arrived is not known: it goes again, with the same key.
      if (error.status !== 0) throw error;
    }
  }
  await outbox.add(what, key);
  if (navigator.onLine) void outbox.drain();
  return undefined;
}

const about = ({ id, title }: FeedItem): About => ({ content: id, title });

export async function share(item: FeedItem, body: ShareRequest): Promise<Passed | undefined> {
  const again = item.acts.some(({ kind, network }) => kind === 'share' && network === body.channel);
  const answer = await act<Shared>({ ...about(item), kind: 'share', body, again });
  return answer && { ...answer, again };
}

export function like(item: FeedItem, network: string) {
  return act<Liked>({ ...about(item), kind: 'like', body: { network } });
}

/** What this device saw of a share. Whoever shares must not be troubled by it: a refusal says nothing. */
export function indicate(on: About & { network: string }, kind: Evidence) {
  const { content, title, network } = on;
  return act<Act>({ content, title, network, kind: 'evidence', body: { kind } }).catch(() => {});
}

/** Gives the address of a post as proof. */
export function claim(about: About, body: ClaimAct['body']) {
  return act<Answer>({ ...about, kind: 'claim', body });
}

/** Takes a share back that never happened. */
export async function takeBack({ content, title, network }: About & { network: string }) {
  try {
    await act({ content, title, network, kind: 'undo' });
    toast(t('undone'), { tone: 'ok' });
  } catch (reason) {
    refused({ content, title, network, kind: 'undo' }, ApiError.from(reason));
  }
}

/** Puts an item aside or keeps it; at once on the screen, whenever on the server. */
export async function setMark(item: FeedItem, mark: 'skip' | 'save', on: boolean, reason?: Reason) {
  noteMark(item, mark, on);
  const text = { skip: ['unskipped', 'skipped'], save: ['unsaved', 'kept'] } as const;
  const undo = { label: t('undo'), run: () => void setMark(item, mark, !on) };
  toast(t(text[mark][on ? 1 : 0]), mark === 'skip' && on ? { action: undo } : {});
  await act({ ...about(item), kind: 'mark', mark, on, reason }).catch((reason) => {
    noteMark(item, mark, !on);
    refused({ ...about(item), kind: 'mark', mark, on }, ApiError.from(reason));
  });
}
