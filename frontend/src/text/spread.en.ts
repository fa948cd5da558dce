// English words of how a content spreads.
import type id from './spread.id';

export default {
  title: 'Prompts to staff',
  told: 'Told so far',
  waiting: 'Turn still to come',
  held: 'Held until tomorrow (3 prompts today)',
  until: 'The last turn is {time}.',
  done: 'All turns are over.',
  note: 'Sums only; no names. Numbers from 1 to 4 are not shown.',
  none: 'No prompts yet. They go out in waves once the content is live.',
  soon: 'No prompts for this content yet.',
  of: '{n} of {all}',
  few: 'fewer than 5',
  few_note: 'Numbers from 1 to 4 are not shown.',
  field: 'Prompts go out over',
  field_hint: 'Spread evenly over waking hours in each person’s zone; 21.00–06.00 does not count.',
  at_once: 'At once',
  hours: '{n} hours',
  minutes: '{n} minutes',
  captions: 'Use of captions',
  captions_of: 'Of {n} shares whose caption is known.',
  captions_none: 'No shares whose caption is known yet.',
  variant: 'Variant {n}',
  own_words: 'Own words',
  warned: '{variants}: more than 20% of the shares',
  warned_do:
    'The same text again and again looks like a coordinated post. Add variants to the next content.',
  warned_few:
    'With {n} variants the limit of 20% cannot be kept. Prepare at least 5 variants for the next content.',
  recall_title: 'Recall',
  recall_nobody: 'Nobody has shared this content.',
  recall_told: 'Asked to delete',
  recall_deleted: 'Say that they deleted it',
  recall_running: 'Those who shared it are being told…',
  recall_done: 'All were told {time}. Whoever has not answered is reminded once, a day later.',
} satisfies Record<keyof typeof id, string>;
