// Why a card cannot go somewhere, in words.
import { t as words } from '../../text/konsol';
import { t } from '../../text/queue';
import type { State } from '../content/types';
import type { Why } from './moves';

export const whyText = (why: Why, from: State, to: State) =>
  t(`why_${why}`, { from: words(`state_${from}`), to: words(`state_${to}`) });
