// What is typed on top of an item: kept on this device until the server has it or the person throws it away.
import { untrack } from 'svelte';
import { forget, keep, kept } from '../lib/kept';
import { session } from '../lib/session.svelte';
import { form, type Fault } from '../ui/form.svelte';

export type Editing = Pick<
  ReturnType<typeof editing>,
  'dirty' | 'restored' | 'form' | 'discard' | 'forget'
>;

/**
 * `kind` names the drawer of the device, `typedOf` what the fields hold for an item (null: one that is begun).
 * Called while a form is made; another item gets another form.
 */
export function editing<Item extends { id: number; version: number }, Typed extends object>(
  kind: string,
  item: () => Item | null,
  typedOf: (item: Item | null) => Typed,
) {
  /** What the typing goes on from: a newer version that the page shows meanwhile is met when it is saved. */
  let base = $state.raw(untrack(item));
  const key = $derived(`${kind}:${session.me!.id}:${base?.id ?? 'new'}`);
  const version = $derived(base?.version ?? 0);
  const saved = $derived(typedOf(base));
  const before = untrack(() => kept(key, version, saved));
  let typed = $state(before ?? untrack(() => typedOf(base)));
  let restored = $state(before !== undefined);
  const own = form('f');

  const dirty = $derived(JSON.stringify(typed) !== JSON.stringify(saved));
  $effect(() => {
    if (dirty) keep(key, $state.snapshot(typed), version);
    else forget(key);
  });

  /** Saves what is typed; it throws what the server refuses. */
  async function store(
    send: (item: Item | null, typed: Typed) => Promise<Item>,
    then: (now: Item) => void,
  ): Promise<Item> {
    const was = key;
    const now = await send(base, $state.snapshot(typed) as Typed);
    forget(was);
    restored = false;
    base = now;
    typed = typedOf(now);
    then(now);
    return now;
  }

  return {
    get typed() {
      return typed;
    },
    get dirty() {
      return dirty;
    },
    /** Whether the fields began with what the device had kept. */
    get restored() {
      return restored;
    },
    form: own,
    field: own.field,
    store,
    /** Saves unless something is missing. Tells whether it worked. */
    save: (
      missing: (Fault | false)[],
      send: (item: Item | null, typed: Typed) => Promise<Item>,
      then: (now: Item) => void,
    ) => own.send(missing, async () => void (await store(send, then))),
    /** Back to what is saved. */
    discard() {
      typed = typedOf(base);
      restored = false;
    },
    /** The person leaves the form without saving. */
    forget: () => forget(key),
  };
}
