// English words of prompts and of withdrawn contents.
import type id from './withdrawn.id';

export default {
  privacy_due: 'There is a privacy notice that you have not read.',
  privacy_open: 'Read',

  title: 'Content withdrawn',
  please_delete: 'Content withdrawn: please delete your post',
  reason: 'Reason: {reason}',
  where: 'You shared it on:',
  open: 'Open {network}',
  hint: 'Delete the post or message there. We cannot delete it for you.',
  deleted: 'I have deleted it',
  said: 'You told us that you deleted it. Thank you.',
  thanks: 'Thank you, your answer is recorded.',
  failed: 'Your answer could not be recorded. Try again.',
  correction: 'Correction:',
  nothing: 'This content was withdrawn and can no longer be shared.',
  notices: 'Notices',
  unread: '{n} unread',
  unread_one: 'unread',
  none: 'No notices yet',
  none_hint: 'New contents for you, and news of what was withdrawn, appear here.',
  read_all: 'Mark all as read',
  more: 'Load more',
  prompt: 'New content: {title}',
  recalled: 'Content withdrawn: please delete your post',
  recalled_again: 'Reminder: please delete your post',
} satisfies Record<keyof typeof id, string>;
