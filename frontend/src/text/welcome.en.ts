// English words of the introduction.
import type id from './welcome.id';

export default {
  title: 'Welcome to Gaung',
  step: 'Step {n} of {all}',
  voluntary: 'Sharing is voluntary, without sanctions. You can stop at any time.',
  later: 'Later',
  back: 'Back',
  next: 'Continue',
  skip: 'Skip',
  saving: 'Saving…',
  save_failed: 'Not saved yet. Check your network and try again, or choose Later.',

  step_notice: 'Your data here',
  step_notice_lead: 'In short:',
  notice_next: 'I have read it',
  consents: 'If you like',

  step_topics: 'Which topics interest you?',
  step_topics_lead: 'They come first in your feed. You can change it at any time.',
  topics_none: 'Your agency has no topics yet. Just go on.',

  step_networks: 'Which networks do you use?',
  followers_title: 'About how many followers (may be left open)',
  followers_why:
    'Used only as an estimated range for groups of 5 people or more. It is in no points, ranking or report about you.',
  followers_none: 'Rather not say',
  followers_band: '{low}–{high}',
  followers_more: '{low} or more',
  step_networks_lead: 'The order of your taps is the order when you share.',
  network_place: 'place {n}',

  step_lesson: 'Eight things before sharing',
  step_lesson_lead:
    'Circular 137/2018 of the Minister of PANRB, then eight short questions; about three minutes in all. It can wait until you first share.',
  lesson_known: 'You have learned it already.',
  lesson_now: 'Learn it now',
  lesson_opening: 'Opening…',
  finish: 'Done, open the feed',

  go_on: 'Go on with the introduction',
  go_on_text: 'A few short steps: your data, topics and networks.',
} satisfies Record<keyof typeof id, string>;
