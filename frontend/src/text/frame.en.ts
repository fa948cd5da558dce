import type id from './frame.id';

export default {
  more: 'Load more',
  save: 'Save',
  saving: 'Saving…',
  sending: 'Sending…',
  file_get: 'Download {name} ({size} kB)',
  file_sending: 'Uploading… {n} %',
  file_large: 'The file is over 10 MB. Make it smaller and upload it again.',
  restored: 'What was not saved has been restored from this device.',
  restored_discard: 'Discard it and use what is saved',
  conflict:
    'Somebody else has saved what you are changing. What you typed is still here: copy what you need, then reload.',
  conflict_reload: 'Reload what is saved',
  leave_title: 'Leave this page?',
  leave_lead:
    'Some changes are not saved on the server. The text is kept on this device and restored when you return.',
  leave_stay: 'Stay here',
  leave_go: 'Leave',
} satisfies Record<keyof typeof id, string>;
