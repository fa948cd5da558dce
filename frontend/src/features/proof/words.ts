// What a person reads of an act: why it stands as it does, what comes next, until when.
import { formatDate, formatTime, type Locale } from '../../lib/format';
import { t } from '../../text/proof';
import type { MyAct } from './api';

const reasons = [
  'not_public',
  'no_link',
  'other_link',
  'sign_in',
  'wrapped',
  'busy',
  'no_answer',
  'unreadable',
  'is_official',
  'not_shareable',
  'other_content',
  'other_network',
  'not_posted',
  'names_shown',
  'edited',
  'other',
] as const;

/** A reason that this build does not know yet says nothing. */
export function reasonOf(key: string) {
  const known = reasons.find((one) => one === key);
  return known ? t(`reason_${known}`) : '';
}

/** "hari ini pukul 14.05 WITA" would need more words: the day is left out where it is today. */
export function moment(locale: Locale, at: string, zone: string, now = Date.now()) {
  const day = { day: 'numeric', month: 'long' } as const;
  const on = formatDate(locale, at, zone, day);
  const time = formatTime(locale, at, zone);
  if (on === formatDate(locale, now, zone, day))
    return locale === 'id-ID' ? `pukul ${time}` : `at ${time}`;
  return locale === 'id-ID' ? `${on} pukul ${time}` : `${on}, ${time}`;
}

const join = (...parts: string[]) => parts.filter(Boolean).join(' ');

export function statusWords(act: Pick<MyAct, 'status'>, locale: Locale, zone: string): string {
  const { cause, reason, due_at, late } = act.status;
  const at = due_at ? moment(locale, due_at, zone) : '';
  if (reason === 'no_reviewer') return t('cause_nobody');
  switch (cause) {
    case 'objection_open':
      if (late) return t('cause_objection_late', { at });
      return t(reason === 'examined' ? 'cause_objection_examined' : 'cause_objection_received', {
        at,
      });
    case 'address_in_check':
      return reason
        ? join(reasonOf(reason), t('cause_address_again', { at }))
        : t('cause_address_checking');
    case 'address_absent':
    case 'address_unknown':
      return reasonOf(reason);
    case 'screenshot_in_review':
      return t(late ? 'cause_screenshot_late' : 'cause_screenshot_in_review', { at });
    case 'screenshot_rejected':
      return join(t('cause_screenshot_rejected'), reasonOf(reason));
    case 'waiting_for_click':
    case 'indicated_waiting':
      return t(`cause_${cause}`, { at });
    default:
      return t(`cause_${cause}`);
  }
}
