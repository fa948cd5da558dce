// What a person does with a content. Online it goes out at once; offline it waits in the outbox.
import { get, set } from 'idb-keyval';
import { api, unwrap } from '../../lib/api/client';
import { ApiError } from '../../lib/api/error';
import type { Act, FeedItem, Liked, Shared, ShareRequest } from '../../lib/api/types';
import { createOutbox, newKey } from '../../lib/outbox.svelte';
import { t } from '../../text/asn';
import { toast } from '../../ui/toast.svelte';
import { noteAct, withdraw } from '../feed/feed.svelte';

type ShareAct = { kind: 'share'; content: number; title: string; body: ShareRequest };
type LikeAct = { kind: 'like'; content: number; title: string; body: { network: string } };
export type Waiting = ShareAct | LikeAct;

/** A share that was sent after a time offline: the person still has to pass its text on. */
export type Ready = { content: number; title: string; text: string; intent_url: string };

const readyKey = 'ready';
let ready = $state.raw<Ready[]>([]);

function setReady(list: Ready[]) {
  ready = list;
  void set(readyKey, list).catch(() => {});
}

export const readyShares = {
  get list() {
    return ready;
  },
  done(content: number) {
    setReady(ready.filter((share) => share.content !== content));
  },
};

function send(act: Waiting, key: string): Promise<Shared | Liked> {
  const params = { path: { id: act.content }, header: { 'Idempotency-Key': key } };
  return act.kind === 'share'
    ? unwrap(api.POST('/api/v1/contents/{id}/shares', { params, body: act.body }))
    : unwrap(api.POST('/api/v1/contents/{id}/likes', { params, body: act.body }));
}

function note(act: Waiting, answer: Shared | Liked) {
  const done: Act = {
    id: answer.id,
    kind: act.kind,
    network: 'network' in answer ? answer.network : (act as ShareAct).body.channel,
    grade: answer.grade,
    at: new Date().toISOString(),
  };
  noteAct(act.content, done);
}

function refused(act: Waiting, error: ApiError) {
  if (error.code === 'gone') withdraw([act.content]);
  else toast(error.message || t('act_refused', { title: act.title }), { tone: 'danger' });
}

export const outbox = createOutbox<Waiting, Shared | Liked>({
  send,
  onsent: ({ act }, answer) => {
    note(act, answer);
    if (act.kind === 'like' || !('text' in answer)) {
      toast(t('like_sent'), { tone: 'ok' });
      return;
    }
    const { text, intent_url } = answer;
    const others = ready.filter((share) => share.content !== act.content);
    setReady([...others, { content: act.content, title: act.title, text, intent_url }]);
  },
  onrefused: ({ act }, error) => refused(act, error),
});

/** Takes up what the last visit left. */
export async function startActs() {
  ready = (await get<Ready[]>(readyKey).catch(() => undefined)) ?? [];
  outbox.start();
}

/** The answer, or undefined when the act waits for the network. A refusal is thrown. */
async function act(what: Waiting): Promise<Shared | Liked | undefined> {
  const key = newKey();
  if (navigator.onLine) {
    try {
      const answer = await send(what, key);
      note(what, answer);
      return answer;
    } catch (reason) {
      const error = ApiError.from(reason);
      if (error.code === 'gone') withdraw([what.content]);
      // Whether a lost request arrived is not known: it goes again, with the same key.
      if (error.code !== 'offline') throw error;
    }
  }
  await outbox.add(what, key);
  return undefined;
}

export function share(item: FeedItem, body: ShareRequest) {
  return act({ kind: 'share', content: item.id, title: item.title, body }) as Promise<
    Shared | undefined
  >;
}

export function like(item: FeedItem, network: string) {
  return act({ kind: 'like', content: item.id, title: item.title, body: { network } }) as Promise<
    Liked | undefined
  >;
}
