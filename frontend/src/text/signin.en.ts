import type id from './signin.id';

export default {
  sign_in_title: 'Sign in to Gaung',
  sign_in_lead: 'For civil servants and staff of registered agencies.',
  sign_in_again: 'Sign in again',
  sign_in_again_lead: 'Your session has ended. What is on this screen is kept.',
  signing_in: 'Checking…',
  identifier: 'Work e-mail',
  password: 'Password',
  identifier_hint: 'For example: name@agency.go.id',
  show_password: 'Show password',
  hide_password: 'Hide password',
  identifier_missing: 'Enter your work e-mail.',
  password_missing: 'Enter your password.',
  voluntary_note: 'Taking part is voluntary. Nobody is penalised for not sharing.',
} satisfies Record<keyof typeof id, string>;
