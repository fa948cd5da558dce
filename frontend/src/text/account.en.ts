import type id from './account.id';

export default {
  my_unit: 'Unit',
  my_agency: 'Agency',
  my_nip: 'NIP',
  my_position: 'Position',
  my_email: 'E-mail',
  my_data: 'My data',
  my_data_hint: 'What is kept about you, consents, copies, and who looked.',
  help: 'Help',
  data_saver: 'Data saver',
  data_saver_hint: 'Pictures load after a tap, with their size written on them.',
  appearance: 'Appearance',
  signing_out: 'Signing out…',
  sign_out_waiting:
    '{n} {n|action is|actions are} still waiting to be sent and will be lost if you sign out now.',
  sign_out_anyway: 'Sign out anyway',
  sign_out_failed: 'You are still signed in: the server cannot be reached. Try again when online.',
  sign_out_note: 'Data kept on this device is deleted when you sign out.',
  to_console: 'Open the PR console',
  to_reports: 'Open the leadership reports',
  other_parts: 'Other parts for your roles',
} satisfies Record<keyof typeof id, string>;
