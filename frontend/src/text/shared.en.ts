import type id from './shared.id';

export default {
  app_name: 'Gaung',
  skip_to_content: 'Skip to content',

  sign_in: 'Sign in',
  account_security: 'Account and security',
  sign_out: 'Sign out',

  language: 'Language',
  language_failed: 'English could not be loaded. Try again when you are online.',
  theme: 'Theme',
  theme_light: 'Light',
  theme_dark: 'Dark',
  theme_system: 'Same as device',

  error_summary_title: 'Something needs correcting',
  error_prefix: 'Error: ',
  error_title: 'The data could not be loaded',
  error_offline: 'There is no connection. Check your network, then try again.',
  error_unknown: 'Something went wrong. Please try again.',
  error_request: 'Request code: {id}',
  error_kept: 'What you see is the latest data that was kept.',
  not_found_title: 'Page not found',
  not_found_text: 'The address may be mistyped, or the content is no longer there.',
  to_start: 'To the start page',
  try_again: 'Try again',
  reload: 'Reload',
  loading: 'Loading…',
  screen_failed: 'This screen could not be opened. Check your network, then try again.',

  offline: 'Offline',
  offline_updated: 'Offline · updated {time}',
  demo: 'Demo',
  demo_banner: 'Demo: fictional data, no real agency or person.',
  new_version: 'A new version is available.',
  typed_stays: 'What you have typed is kept.',

  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved',
  opens_new_tab: 'opens a new tab',

  evidence_A: 'verified',
  evidence_B: 'measured',
  evidence_C: 'indication',
  evidence_D: 'self-reported',
  evidence_A_means: 'Confirmed by the social network or by the public post.',
  evidence_B_means: 'Somebody else opened your personal link.',
  evidence_C_means: 'There is a sign of it, but it was not measured.',
  evidence_D_means: 'As the person says.',
} satisfies Record<keyof typeof id, string>;
