// English words of the rows that are kept about a person.
import type id from './rows.id';

export default {
  list: 'Your entries',
  list_note:
    'The newest first, at most 1,000 of each list. The copy of your data holds all of them.',
  none: 'There are no entries to show here.',
  in_copy: 'Only in the copy of your data: {names}.',
  failed: 'Your entries could not be loaded yet',
  more: 'Load more',
} satisfies Record<keyof typeof id, string>;
