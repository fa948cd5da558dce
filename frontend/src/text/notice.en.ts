// English words of the notices.
import type id from './notice.id';

export default {
  title: 'Notices',
  bell: '{n} unread',
  none: 'No notices yet',
  none_hint: 'What waits for your decision, and news of your content, appears here.',
  read_all: 'Mark all as read',
  more: 'Load more',
  unread: 'unread',
  turn: 'Your turn: {step}',
  approved: '{who} approved step {step}',
  approved_final: '{who} approved your content',
  returned: '{who} requested a revision',
  rejected: '{who} rejected your content',
  held: '{who} put your content on hold',
  released: '{who} resumed the review',
  reminder: 'Still waiting for a decision: {step}',
  escalation: 'Waiting too long at step {step}',
  recheck: 'Election mode is in force: your content is reviewed again',
  neutrality: 'Election mode: this live content has something forbidden. Consider recalling it',
  behalf_plh: '{by} (Plh. for {behalf})',
  behalf_plt: '{by} (Plt. for {behalf})',
} satisfies Record<keyof typeof id, string>;
