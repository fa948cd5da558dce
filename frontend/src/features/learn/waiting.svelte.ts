// Answers that were given offline wait here and are graded once, when the network is back.
import { createOutbox, newKey } from '../../lib/outbox.svelte';
import { ApiError } from '../../lib/api/error';
import { session } from '../../lib/session.svelte';
import { t as asn } from '../../text/asn';
import { toast } from '../../ui/toast.svelte';
import { answer, type Answers, type Graded } from './api';

type Waiting = { module: number; title: string; body: Answers };

let results = $state.raw<Record<number, Graded>>({});

const box = createOutbox<Waiting, Graded>({
  name: 'learn',
  send: ({ module, body }, key) => answer(module, body, key),
  onsent: ({ act }, graded) => {
    results = { ...results, [act.module]: graded };
    if (graded.may_share && session.me) session.begin({ ...session.me, may_share: true });
    void words().then((t) =>
      toast(t('graded_later', { title: act.title, right: graded.right, of: graded.of }), {
        tone: 'ok',
      }),
    );
  },
  onrefused: ({ act }, error) => toast(`${act.title}: ${error.message}`, { tone: 'danger' }),
  onloose: () => toast(asn('no_room'), { tone: 'danger' }),
});

const words = () => import('../../text/learn').then(({ t }) => t);

/** Sends what the last visit left. */
export const startLearning = () => box.start();

/** Whether answers to a module wait for the network. */
export const isWaiting = (module: number) => box.items.some(({ act }) => act.module === module);

/** What came back for answers that had waited. */
export const resultOf = (module: number) => results[module];

/** Forgets it: the person begins again. */
export function clearResult(module: number) {
  const rest = { ...results };
  delete rest[module];
  results = rest;
}

/** Grades at once, or undefined when the answers wait for the network. A refusal is thrown. */
export async function give(module: number, title: string, body: Answers) {
  const key = newKey();
  if (navigator.onLine && !isWaiting(module)) {
    try {
      return await answer(module, body, key);
    } catch (reason) {
      // Whether a lost request arrived is not known: it goes again, with the same key.
      if (ApiError.from(reason).code !== 'offline') throw reason;
    }
  }
  await box.add({ module, title, body }, key);
  if (navigator.onLine) void box.drain();
  return undefined;
}
