// Where somebody is in a module, and what they answered so far: it stays on the device until it is graded.
import { kept } from '../../lib/kept';
import { session } from '../../lib/session.svelte';
import type { Course } from './api';

export const placeKey = (course: Course) => `belajar:${session.me?.id}:${course.id}`;

/** Another attempt and another version have other questions. */
export const placeVersion = ({ version, attempt }: Course) => version * 1000 + attempt;

/** The place in this very attempt; nothing where nobody has begun. */
export function keptPlace(course: Course) {
  const like = { at: 0, answers: [] as number[] };
  const before = kept(placeKey(course), placeVersion(course), like);
  const fits =
    before?.answers.length === course.asked.length &&
    before.at < course.screens.length + course.asked.length;
  return fits ? before : undefined;
}
