// The share sheet of the phone, where there is one.
import type { Shared } from '../../lib/api/types';

export const webShare = typeof navigator.share === 'function';

/** It says whether the text was passed on, and never to whom. */
export async function openSystemSheet(
  { title, words, url }: Shared,
  files: File[] = [],
): Promise<'passed' | 'aborted' | 'failed'> {
  const data: ShareData = { title, text: words, url };
  try {
    await navigator.share(files.length > 0 ? { ...data, files } : data);
    return 'passed';
  } catch (reason) {
    return (reason as Error).name === 'AbortError' ? 'aborted' : 'failed';
  }
}

/** On Windows the sheet says so as soon as it opens: that indicates nothing. */
export const resolvesWhenPassed = !/Windows/.test(navigator.userAgent);
