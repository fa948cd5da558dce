import { t } from '../../text/approval';

const minute = 60_000;

/** How long ago something was, in the largest unit that says enough. */
export function ageOf(at: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / minute));
  if (minutes < 60) return t('age_minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('age_hours', { n: hours }) : t('age_days', { n: Math.floor(hours / 24) });
}
