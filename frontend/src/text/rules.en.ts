// English words of a node's rule on when its people may be told.
import type id from './rules.id';

export default {
  title: 'Quiet hours of prompts',
  lead: 'When prompts to share may reach people. From 21.00 to 06.00 local time it is always quiet.',
  node: 'For this node and all below it',
  choose: 'Choose a node',
  own: 'This node has a rule of its own.',
  inherited: 'It follows the rule of {node}.',
  usual: 'It follows Gaung’s usual rule.',
  hours: 'Working hours (Monday to Friday, 08.00–16.00)',
  hours_always: 'Prompts may come at any time',
  hours_outside: 'Prompts only outside working hours',
  hours_inside: 'Prompts only in working hours',
  holidays: 'Quiet on holidays',
  urgent_most: 'Urgent clarifications, at most a day for a publisher',
  season: 'Further quiet hours, such as during Ramadan',
  season_from: 'From',
  season_to: 'To',
  quiet_from: 'Quiet from',
  quiet_to: 'Until',
  save: 'Save the rule',
  follow: 'Follow the node above',
  saved: 'The rule is saved.',
  followed: 'This node follows the rule above it.',
  urgent_title: 'The urgent way',
  urgent_left: '{used} of {most} used today. This clarification takes the urgent way.',
  urgent_gone:
    '{used} of {most} used today. This clarification becomes an ordinary prompt: holidays and working hours hold for it.',
  urgent_people:
    'Everybody gets at most {day} a day and {week} a week. {spent} of {people} people have had theirs; to them it is an ordinary prompt.',
  urgent_few: 'fewer than 5',
  urgent_night: 'Not between 21.00 and 06.00, except to those who asked for it.',
} satisfies Record<keyof typeof id, string>;
