import type id from './account.id';

export default {
  my_unit: 'Unit',
  my_agency: 'Agency',
  my_nip: 'NIP',
  my_position: 'Position',
  my_email: 'E-mail',
  appearance: 'Appearance',
  change_password: 'Change password',
  old_password: 'Old password',
  new_password: 'New password',
  new_password_hint: 'At least 12 characters. A short sentence is easier to remember.',
  old_password_missing: 'Enter your old password.',
  new_password_missing: 'Enter your new password.',
  password_changed: 'Your password has been changed.',
  saving: 'Saving…',
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
