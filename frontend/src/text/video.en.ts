// English words of a video for readers.
import type id from './video.id';

export default {
  show: 'Show the video ({n} MB)',
  unplayable: 'The video cannot be played on this device yet.',
} satisfies Record<keyof typeof id, string>;
