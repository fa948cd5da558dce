// English words of the switches for e-mail.
import type id from './mail.id';

export default {
  title: 'Notices by e-mail',
  hint: 'Sent between 06.00 and 21.00 local time; what is urgent goes at once.',
  none_sent: 'This server is not set up to send e-mail. Your choice is kept all the same.',
  refused: 'The mail server refused your address. Ask an operator to check it.',
  choose: 'Choose what also comes by e-mail',
  group_decide: 'Decisions that wait for me',
  group_mine: 'Content that I write',
  group_own: 'About me',
  group_urgent: 'Urgent',
  saved_on: 'E-mail of this kind is sent',
  saved_off: 'E-mail of this kind is no longer sent',
  failed: 'Your choice was not saved. Try again.',
  turn: 'My turn to decide',
  reminder: 'Reminder to decide',
  escalation: 'Decision takes too long',
  approved: 'Content approved',
  returned: 'Content needs changes',
  rejected: 'Content rejected',
  held: 'Content on hold',
  released: 'Review goes on',
  recheck: 'Review again in election mode',
  neutrality: 'Neutrality warning',
  recalled: 'Content I shared was withdrawn',
  data_request: 'News of my data requests',
} satisfies Record<keyof typeof id, string>;
