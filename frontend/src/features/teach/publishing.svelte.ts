// What is taught is saved, published and archived alike, be it a module or a guide.
import type { editing } from '../../frame/editing.svelte';
import type { ItemPage } from '../../frame/item.svelte';
import { t } from '../../text/teach';
import { form } from '../../ui/form.svelte';
import { toast } from '../../ui/toast.svelte';

export type Publishing = ReturnType<typeof publishing>;

type Calls<Item, Typed> = {
  save: (item: Item | null, typed: Typed) => Promise<Item>;
  publish: (item: Item) => Promise<Item>;
  archive: (item: Item) => Promise<Item>;
};

/** Called while a form is made. `said` are the words for what was saved and published. */
export function publishing<Item extends { id: number; version: number }, Typed extends object>(
  edit: ReturnType<typeof editing<Item, Typed>>,
  page: () => ItemPage<Item>,
  calls: Calls<Item, Typed>,
  said: () => { saved: string; published: string },
) {
  let asking = $state<'publish' | 'archive'>();
  const ask = form('f-ask');

  /** What is typed is what is published. What it lacks is said at its fields. */
  async function publish() {
    asking = undefined;
    const sent = await edit.form.send([], async () => {
      const unsaved = edit.dirty || !page().item;
      const now = unsaved ? await edit.store(calls.save, page().saved) : page().item!;
      await edit.store(() => calls.publish(now), page().saved);
    });
    if (sent) toast(said().published, { tone: 'ok' });
  }

  async function archive() {
    const sent = await ask.send([], async () => {
      await edit.store(() => calls.archive(page().item!), page().saved);
    });
    if (!sent) return;
    asking = undefined;
    toast(t('archived'));
  }

  return {
    /** What the person is asked about now. */
    get asking() {
      return asking;
    },
    set asking(what) {
      asking = what;
    },
    ask,
    async save() {
      if (await edit.save([], calls.save, page().saved)) toast(said().saved);
    },
    /** Does what was asked about. */
    answer: () => (asking === 'publish' ? publish() : archive()),
  };
}
