import type id from './account.id';

export default {
  my_unit: 'Unit',
  my_agency: 'Agency',
  my_nip: 'NIP',
  my_position: 'Position',
  my_email: 'E-mail',
  data_saver: 'Data saver',
  data_saver_hint: 'Pictures load after a tap, with their size written on them.',
  appearance: 'Appearance',
  install_title: 'Install on your phone',
  install_lead: 'Gaung opens from the home screen, also without a signal. It takes less than 1 MB.',
  install: 'Install Gaung',
  installed: 'Gaung is installed on this device.',
  install_ios_1: 'Open Gaung in Safari, then tap the Share button (a square with an arrow).',
  install_ios_2: 'Choose “Add to Home Screen”.',
  install_ios_3: 'Tap “Add”.',
  install_menu: 'Open the browser menu (⋮), then choose “Install app” or “Add to home screen”.',
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
