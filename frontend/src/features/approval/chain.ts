// Two chains beside each other: what somebody typed, and what somebody else has saved meanwhile.
import { t } from '../../text/approval';
import type { Chain, ChainStep } from './api';

export type Difference = { label: string; theirs: string; mine: string };
type Names = { person: (id: number) => string; node: (id: number) => string };

/** Who decides a step, in words. */
export function decidersOf(step: ChainStep, { person, node }: Names): string {
  const role = t('chain_anyone', {
    agency: step.agency_id ? node(step.agency_id) : t('flow_step_node_own').toLowerCase(),
  });
  return step.persons?.length ? `${step.persons.map(person).join(', ')} · ${role}` : role;
}

/** Where two chains are not the same, step by step; a step that is missing is an empty text. */
export function differences(theirs: Chain, mine: Chain, names: Names): Difference[] {
  const sorted = (step: ChainStep) => ({
    ...step,
    persons: [...(step.persons ?? [])].sort((a, b) => a - b),
  });
  const step = (chain: Chain, i: number) =>
    chain.steps[i] ? `${chain.steps[i].name}: ${decidersOf(sorted(chain.steps[i]), names)}` : '';
  const steps = Array.from(
    { length: Math.max(theirs.steps.length, mine.steps.length) },
    (_, i) => ({
      label: t('flow_step', { n: i + 1 }),
      theirs: step(theirs, i),
      mine: step(mine, i),
    }),
  );
  const both = (label: string, say: (chain: Chain) => string) => ({
    label,
    theirs: say(theirs),
    mine: say(mine),
  });
  return [
    ...steps,
    both(t('flow_repeats'), ({ repeats }) => t(repeats ? 'flow_yes' : 'flow_no')),
    both(t('flow_remind'), ({ remind_hours: n }) => String(n ?? 0)),
    both(t('flow_escalate'), ({ escalate_hours: n }) => String(n ?? 0)),
  ].filter((one) => one.theirs !== one.mine);
}
