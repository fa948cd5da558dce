// What was learned offline waits here: answers are graded once, when the network is back; how far somebody read and
// what they noted is entered then. Whether that opens the first share is the server's word, never the device's.
import { createOutbox, newKey } from '../../lib/outbox.svelte';
import { ApiError } from '../../lib/api/error';
import { forget, kept } from '../../lib/kept';
import { session } from '../../lib/session.svelte';
import { t as asn } from '../../text/asn';
import { toast } from '../../ui/toast.svelte';
import { answer, practise, setStep, type Answers, type Course, type Graded } from './api';

type Of = { module: number; title: string };
/** Without a kind: answers, with the questions in the order in which they were asked. */
type Given = Of & { kind?: undefined; body: Answers; asked?: Course['asked'] };
type Step = Of & { kind: 'step'; step: number };
type Note = Of & { kind: 'practice'; text: string };
type Waiting = Given | Step | Note;

/** Where what was typed of a practice task stays until the server has it. */
export const noteKey = (module: number) => `praktik:${session.me?.id}:${module}`;

/** A result with what was asked and answered: another attempt has another order. */
export type Answered = { graded: Graded; asked: Course['asked']; answers: number[] };

let results = $state.raw<Record<number, Answered>>({});

function send(act: Waiting, key: string): Promise<unknown> {
  if (act.kind === 'step') return setStep(act.module, act.step);
  if (act.kind === 'practice') return practise(act.module, act.text);
  return answer(act.module, act.body, key);
}

function sent(act: Waiting, back: unknown) {
  if (act.kind === 'practice' && kept(noteKey(act.module), 0, { text: '' })?.text === act.text)
    forget(noteKey(act.module));
  if (act.kind) return;
  const graded = back as Graded;
  keepResult(act.module, { graded, asked: act.asked ?? [], answers: act.body.answers });
  if (graded.may_share && session.me) session.begin({ ...session.me, may_share: true });
  const { right, of } = graded;
  void words().then((t) =>
    toast(t('graded_later', { title: act.title, right, of }), { tone: 'ok' }),
  );
}

const box = createOutbox<Waiting, unknown>({
  name: 'learn',
  send,
  group: ({ module }) => module,
  onsent: ({ act }, back) => sent(act, back),
  onrefused: ({ act }, error) => {
    if (act.kind !== 'step') toast(`${act.title}: ${error.message}`, { tone: 'danger' });
  },
  onloose: () => toast(asn('no_room'), { tone: 'danger' }),
});

const words = () => import('../../text/learn').then(({ t }) => t);

/** Sends what the last visit left. */
export const startLearning = () => box.start();

/** Whether answers to a module wait for the network. */
export const isWaiting = (module: number) =>
  box.items.some(({ act }) => act.module === module && !act.kind);

/** Whether a note of a practice task does. */
export const noteWaits = (module: number) =>
  box.items.some(({ act }) => act.module === module && act.kind === 'practice');

/** What came back for answers that had waited, or was kept. */
export const resultOf = (module: number) => results[module];

/** Keeps it for whoever leaves the result and comes back. */
export function keepResult(module: number, result: Answered) {
  results = { ...results, [module]: result };
}

/** Forgets it: the person begins again. */
export function clearResult(module: number) {
  const rest = { ...results };
  delete rest[module];
  results = rest;
}

/** What came back, or undefined when it waits for the network. A refusal is thrown. */
async function act(what: Waiting): Promise<unknown> {
  const key = newKey();
  // What waits for the same module goes first: otherwise the older word would be the last.
  const behind = box.items.some(({ act }) => act.module === what.module);
  if (navigator.onLine && !behind) {
    try {
      return await send(what, key);
    } catch (reason) {
      // Whether a lost request arrived is not known: it goes again, with the same key.
      if (ApiError.from(reason).code !== 'offline') throw reason;
    }
  }
  await box.add(what, key);
  if (navigator.onLine) void box.drain();
  return undefined;
}

/** Grades at once, or undefined when the answers wait for the network. */
export async function give(course: Course, body: Answers): Promise<Answered | undefined> {
  const { id: module, title, asked } = course;
  const graded = (await act({ module, title, body, asked })) as Graded | undefined;
  return graded && { graded, asked, answers: body.answers };
}

/** How far somebody has read. Whoever reads must not be troubled by it: a refusal says nothing. */
export const read = (module: number, title: string, step: number) =>
  act({ kind: 'step', module, title, step }).catch(() => {});

/** Keeps a note; undefined when it waits. */
export const note = (module: number, title: string, text: string) =>
  act({ kind: 'practice', module, title, text });
